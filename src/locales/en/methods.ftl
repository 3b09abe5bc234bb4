# Pages that explain the rules ----------------------------------------------------------------------------------------
method-steps = Steps
method-example = Worked example
method-what = What this is
method-specification = Exact specification
method-specification-text = The specification below is exact to the byte, for those who write verification programs or check results. Where the explanation and the specification differ, the specification prevails.
method-table = Table from the specification
method-program = View the source of the verification program

method-lists-what = Once a list is published, its text, its entries and their order are fixed and signed by the system. Every list also carries the checksum of the list before it, so the lists form a chain, and any that is replaced, added or taken out is noticed. Anyone can confirm, without contacting the department, that the list in their hands is exactly the one that was published.
method-lists-step-1 = On the page of the list, download the signed original (list.json), the signature (list.sig) and the checksums (proof.json); on this page, download the public keys.
method-lists-step-2 = Compute the SHA-256 of the signed original and compare it with sha256 in the checksums; if they are the same, the file is complete.
method-lists-step-3 = Verify the signature with the public key; if it verifies, the list was published by this system.
method-lists-step-4 = Compare previous_sha256 in the next list with the SHA-256 of this one, to confirm that no list has been replaced.
method-lists-step-5 = If something does not agree, run the verification program: it names the entry or the field that was altered.
method-lists-example-text = For the list whose number is ID, run these commands in turn on a computer with the usual tools. The second should print Verified Successfully.
method-lists-keys = Each public key by itself (PEM, for openssl; the file is named after the number of the key):
method-lists-today = A signature proves only what was published. For whether an organisation is still in the pool today, see ‘Standing today’ on the page of the list or verify its certificate.

method-scoring-what = Experts score independently. By fixed rules the system turns the score sheets into scores, ranks the scores and decides who is selected. All points are computed as whole hundredths and rounded only once, at the end, so anyone with the same sheets arrives at the same result.
method-scoring-step-1 = The points of a score sheet add up to its total; the maximum is 100 points.
method-scoring-step-2 = With the prescribed number of valid score sheets (as a rule 5) or more, one highest and one lowest total are dropped and the rest are averaged; with fewer, all are averaged, and it is noted that there were too few experts.
method-scoring-step-3 = If the highest and the lowest total are further apart than prescribed, the application goes to discussion among the experts.
method-scoring-step-4 = Scores are kept to two decimals and ranked from the highest. Equal scores are compared by the items that the programme prescribes and by the time of submission; if still equal, they are ordered by number, which says nothing about merit.
method-scoring-step-5 = From the top down, each application is checked: does it reach the pass mark, are there places left, has its city or cluster reached its limit? If nothing stands in its way, it is selected.
method-scoring-example-text = An application is scored by 5 experts, and the highest and the lowest are dropped from 5 score sheets on:
method-scoring-expert = Expert
method-scoring-total = Total
method-scoring-use = Counted?
method-scoring-lowest = Lowest, dropped
method-scoring-highest = Highest, dropped
method-scoring-counted = Counted
method-scoring-result = The three totals that count add up to 267.00, so the score is 267.00 ÷ 3 = 89.00 points. The highest and the lowest are 35.00 points apart; if that is more than prescribed, the application goes to discussion.

method-draw-what = Experts are chosen by an open random draw that can be computed again. The handling officer and the auditor each first submit a number under seal; the list of candidates is then fixed and goes into the event record; only then do both reveal their numbers. The result follows from the two numbers, the list of candidates and the event record together: as long as one of the two keeps faith, nobody can choose the experts in advance.
method-draw-step-1 = The handling officer and the auditor each choose a secret number and submit only its checksum (the seal).
method-draw-step-2 = The list of candidates is fixed, with every excluded expert and the reason, and goes into the event record.
method-draw-step-3 = Both reveal their numbers, and the system checks them against the sealed checksums.
method-draw-step-4 = The seed is computed from the two numbers, the checksum of the list and the checksum of the event record; by a fixed algorithm, the panel and then the reserves are drawn from it.
method-draw-step-5 = The file of the draw is published. With the verification program, anyone can run the draw again on their own computer and get the same result.
method-draw-abandoned = If the one who is to reveal second refuses to, the draw is void; this is written into the record of every later draw and cannot be concealed.
method-draw-example-text = There are 5 candidates, of whom 2 are to be drawn, and 1 reserve. Each time one is taken from those not drawn yet: a whole number is computed from the seed and divided by how many are left, the remainder is the place to take (counting from 0), and it changes places with the current one.
method-draw-turn = Turn
method-draw-left = Left
method-draw-remainder = Remainder
method-draw-order = Order after the change
method-draw-result = Result: experts 004 and 003 are the panel and expert 002 is the reserve. How the whole numbers and the seed are obtained is in section 9 of the specification below.
