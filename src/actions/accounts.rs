//! Accounts: the first administrator, invitation, registration, sign-in, reset, roles.
