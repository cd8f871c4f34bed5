//! The certificate as signed bytes: content, credential, receipt, check code, and the lists that verifiers carry.
