//! What adding up must get right: parts, nil, contradiction, holes, open halves, order of rows.
