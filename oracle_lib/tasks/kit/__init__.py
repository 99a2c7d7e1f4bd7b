"""What task families share: conventions, random addresses and states, and the making of a `Problem`."""
