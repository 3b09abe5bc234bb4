# Verification of certificates and lists ------------------------------------------------------------------------------
nav-verify = Verify
verify-title = Verify certificates and lists
verify-lead = Anyone can verify here whether a certificate of membership is genuine and what its standing is, or verify a downloaded list on their own computer.
verify-certificate = Verify a certificate
verify-number-hint = The number is printed on the certificate; capital and small letters are the same. You can also scan the QR code on the certificate with a telephone to open its verification page.
verify-go = Verify
verify-list = Verify a downloaded list
verify-list-text = Every published list is signed electronically. Verification runs on your own computer, needs no network and does not depend on this system.
verify-step-files = On the page of the list, download two files: ‘the signed original (JSON)’ and ‘the signature and checksums’.
verify-step-keys = Download the public keys. It is best to use keys that you kept earlier or obtained in another way; compare the key number.
verify-step-program = Download the verification program (needs Python 3), put it in the same folder as those files and run the command given under ‘Method and specification’.
verify-step-result = If the program reports success, the list has not been altered since it was published. If not, it says which part differs from what was published.
verify-find-list = Find a list
verify-specification = Method and specification
verify-day-text = The providers in the pool today, or on any earlier day, can be looked up; the result is reconstructed from the event record.
problem-certificate_unknown = No certificate with this number was found. Compare the number with the certificate. If it is right and still not found, the certificate was not issued by this system.
