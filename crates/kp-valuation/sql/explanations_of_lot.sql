SELECT matter, figures, explanation, explained_by FROM valuation_explanation WHERE lot = $1 ORDER BY position
