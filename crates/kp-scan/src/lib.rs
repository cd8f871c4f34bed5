//! Pictures, scans and PDF files into the code texts that stand on them.
