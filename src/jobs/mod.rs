//! Work besides requests.
