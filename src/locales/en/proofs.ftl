# Certificates --------------------------------------------------------------------------------------------------------
certificate-title = Certificate verification
certificate-number = Certificate number
certificate-holder = Holder
certificate-holder-then = (name on recognition: { $name })
certificate-list = List
certificate-day = Day
certificate-day-today = (today)
certificate-day-hint = Today or any earlier day; later days cannot be looked up.
certificate-checked-at = Looked up
certificate-today-active = This certificate is genuine and valid today.
certificate-today-warned = This certificate is genuine and valid today; the holder has been warned and is putting matters right.
certificate-today-expired = This certificate is genuine, but it has expired and is not valid today.
certificate-today-revoked = This certificate is genuine, but the membership has been revoked and it is not valid today.
certificate-today-withdrew = This certificate is genuine, but the holder has withdrawn from the pool and it is not valid today.
certificate-today-barred = This certificate is genuine, but the membership has been revoked and the holder is barred from applying; it is not valid today.
certificate-today-not_yet = This certificate is genuine, but it is not in force yet.
certificate-then-active = This certificate is genuine and was valid on { $day }.
certificate-then-warned = This certificate is genuine and was valid on { $day }; on that day the holder was under a warning and putting matters right.
certificate-then-expired = This certificate is genuine, but it had expired by { $day } and was not valid on that day.
certificate-then-revoked = This certificate is genuine, but the membership was revoked on or before { $day } and it was not valid on that day.
certificate-then-withdrew = This certificate is genuine, but the holder withdrew from the pool on or before { $day } and it was not valid on that day.
certificate-then-barred = This certificate is genuine, but by { $day } the membership had been revoked and the holder was barred from applying; it was not valid on that day.
certificate-then-not_yet = This certificate is genuine, but it was not in force yet on { $day } and was not valid on that day.
certificate-void-expired = Expired
certificate-void-revoked = Revoked
certificate-void-withdrew = Withdrawn
certificate-void-barred = Revoked
certificate-void-not_yet = Not in force yet
certificate-span = { $from } to { $to }
certificate-renamed = The holder has changed its name: ‘{ $old }’ on recognition, ‘{ $new }’ now. Its unified social credit code is the same.
certificate-former-name = Name on recognition
certificate-other-day = Another day
certificate-look-up = Look up
certificate-back-to-today = Look up today
certificate-offline = The QR code on the certificate carries a signature, so what was certified on issue can be verified without a network.
certificate-print = Print the certificate
certificate-print-title = Print the certificate
certificate-print-hint = Print on A4, landscape. What counts is the standing shown on the verification page on the day.
certificate-code-label = QR code of certificate { $number }
certificate-pool = Supply resource pool for manufacturing digitalisation
certificate-issuer = Department of Industry and Information Technology of Guangdong Province

# The pool on a day ---------------------------------------------------------------------------------------------------
pool-day-title = Providers in the pool on a given day
pool-day-on = Providers in the pool on { $day }
pool-day-text = Memberships as they were on that day, reconstructed from the event record: recognition, renewal, warning, revocation, withdrawal and expiry count from the day on which they take effect, and the result for a past day no longer changes. Not ranked; being in the pool is not a condition of access to the market.
pool-day-json = Download the data (JSON)
pool-day-total = Memberships on { $day }: { $total }
pool-day-none = No providers in the pool on that day
pool-day-none-text = Choose another day.
pool-day-see-list = View the list
pool-day-column-name = Organisation name
pool-day-column-category = Category
pool-day-column-city = City
pool-day-column-standing = Standing on that day
problem-day_in_future = Later days cannot be looked up. Enter today ({ $today }) or an earlier day.

# Printing a notice ---------------------------------------------------------------------------------------------------
notice-print = Print the notice
notice-print-hint = Print on A4; it can be posted up.

# How to verify -------------------------------------------------------------------------------------------------------
proof-how = How to verify
proof-how-text = Anyone can verify lists, the event record and certificates offline. The rules below are enough to write a verification program in any language; the program given here needs only Python.
proof-keys = Download the public keys
proof-script = Download the verification program
proof-of-list = Download the signature and checksums
proof-proof = Proof
proof-own-title = Proofs of our event record
proof-own-text = Every step of your organisation, such as submission, correction and withdrawal, goes into the event record and is anchored by a list published later. With a downloaded proof you can show others that the step is in the record, without disclosing other events.
proof-own-none = No events that can be proved yet
proof-by-list = Download (anchored by list no. { $number })
proof-waits = Can be downloaded once the next list is published
proof-back = Back to the application
refusal-event_not_anchored = This event has not been anchored by a published list yet. Its proof can be downloaded once the next list is published.
