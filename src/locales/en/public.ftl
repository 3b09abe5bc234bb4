# Statistics ----------------------------------------------------------------------------------------------------------
statistics-title = Statistics
statistics-lead = What the resource pool is made of and whom it has recognised over the years, compiled by the system from published lists and the applications of providers in the pool.
statistics-rule = What published lists already state (such as category, city, year, cluster and service field) is counted as it is, with nothing withheld. For what lists do not state and only applications show (such as divisions of manufacturing and the stages of an application), figures below { $threshold } are withheld, so that nobody can tell how an individual organisation fared.
statistics-on = Data as of { $on }
statistics-api = Data from the API (JSON)
statistics-table = Show the table
statistics-total = Total
statistics-withheld = Withheld
statistics-nothing = No data yet.
statistics-note-withheld = Figures below { $threshold } that come from applications are withheld (shown as * in pictures); other figures in the same row may be withheld too, so that none can be worked out from the total.
statistics-most = Most: { $name } ({ $count }).
statistics-most-equal = Most, equal in number: { $name } (each with { $count }).
statistics-most-several = Most, equal in number: { $several } { $what ->
    [cities] cities
    [years] years
    [clusters] clusters
    [fields] service fields
   *[divisions] divisions
}, each with { $count }.
statistics-elsewhere = Outside the province or not stated
statistics-cities = Memberships by city
statistics-cities-with = Cities with providers in the pool: { $count }.{ " " }
statistics-city = City
statistics-years = Recognitions by year
statistics-year = Year
statistics-clusters = Strategic industrial clusters served
statistics-cluster = Cluster
statistics-fields = Service fields
statistics-field = Service field
statistics-divisions = Divisions of manufacturing covered
statistics-division = Division
statistics-covered = Of the { $all } divisions of manufacturing (C13 to C43), { $covered } are served by providers in the pool.
statistics-flows = From application to recognition
statistics-flows-text = Only calls whose lists have been published are shown. Where very few applications failed at a stage, its figure is withheld.
statistics-flows-none = No call has a published list yet.
statistics-flow = { $call }: from application to recognition
statistics-station = Stage
statistics-files = Applications
reached-applied = Applied
reached-recommended = Recommended by a city bureau
reached-screened = Passed screening
reached-reviewed = Reviewed
reached-selected = Proposed for recognition
reached-recognised = Recognised and published

# National platforms --------------------------------------------------------------------------------------------------
platforms-title = National-level platforms
platforms-lead = The province’s industrial internet platforms on national lists: cross-industry and cross-domain, feature and specialised platforms.
platforms-note = Taken from imported lists; the official documents of the issuing authorities prevail. Not ranked.
platforms-none = No such list has been imported yet.
platforms-name = Platform
platforms-operator = Builder and operator
platforms-list = List

# How selection works -------------------------------------------------------------------------------------------------
how-title = How selection works
how-lead = For every programme: which stages there are, by which rubric applications are scored, how long the public notice runs and for how many years recognition is valid. This page is made from the settings of the programmes and agrees with the rules that the system carries out.
how-no-condition = Being in the pool is not a condition of access to the market.
how-unranked = Lists are not ranked.
how-contents = On this page
how-rubric = Rubric and points
how-weight = Points
how-scoring = Scoring rules
how-min-sheets = Score sheets that each application must have before the review can end: at least { $count }.
how-trim = With { $count } score sheets or more, one highest and one lowest total are dropped and the rest are averaged; with fewer, all are averaged.
how-spread = Applications on which the experts’ totals are more than { $points } points apart go to discussion.
how-blind = Experts score independently of one another, and nobody sees anyone else’s scores before the review ends.
how-recusal = Before they review, experts must declare for each application whether they need to be recused; those who do are replaced from the reserves.
how-selection = Recognition and public notice
how-pass-mark = The final score must be at least { $points } points for an application to be selected.
how-places = Places in each call: { $count } at most.
how-two-people = Decisions are proposed by one officer and approved by another; nobody can approve their own proposal.

# Open data -----------------------------------------------------------------------------------------------------------
open-data-title = Open data
open-data-lead = Lists, providers and statistics can all be downloaded freely, with a description of the data, the time of the last update and the licence.
open-data-pool = Providers in the pool today
open-data-pool-text = All memberships in force today, one a row, in order of recognition and not ranked. The file is made when it is downloaded.
open-data-pool-file = Providers in the pool { $on }
open-data-rows = Rows: { $count }
open-data-updated = Updated: { $at }
open-data-file = File
open-data-for = Description
open-data-csv = A table in UTF-8, which any office software opens.
open-data-xlsx = A table with typed numbers and dates and a frozen first row, ready to print; up to { $rows } rows. Beyond that, download the CSV.
open-data-json = For programs. Format:
open-data-columns = What the columns mean
open-data-day = Providers in the pool on a given day
open-data-day-text = Providers in the pool on any day, with the same columns and in the same order as today’s. Add ?on= and a date to the address (such as ?on=2026-07-01); without it, today is meant.
open-data-lists = Published lists
open-data-list-text = A list does not change after it is published. The tables and the JSON have only the columns that may be public; the signed original serves offline verification.
open-data-changed = Published
open-data-signed = Signed original
open-data-follow = Feeds and API
open-data-feed-calls = Updates of calls (Atom)
open-data-feed-notices = Updates of notices (Atom)
open-data-feed-lists = Updates of published lists (Atom)
open-data-calendar = Closing times of applications, recommendations and notices, to add to a calendar (iCalendar)
open-data-catalogue = Catalogue of the data (DCAT, JSON-LD)
open-data-statistics = Statistics, from the API at:
open-data-api = Description of the whole API
open-data-licence = Licence
open-data-licence-text = Anyone may use, copy, distribute and process these data free of charge, provided that the source and the date of download are stated. The meaning must not be distorted, and no recommendation or guarantee may be claimed. This text is a proposal, to be confirmed by the department.
open-data-personal = Before publication every cell is checked for identity card, mobile and bank card numbers; a list with any of them cannot be published. Certificate numbers are not in the downloads.
open-data-csv-guard = In CSV files, content that begins with an equals sign, a plus sign or the like has a single quotation mark before it, so that spreadsheet software does not run it as a formula; programs should take it off.
lists-xlsx = Download the table (XLSX)
lists-xlsx-too-long = More than { $rows } rows: there is no XLSX file. Download the CSV file.
lists-entries-json = Download the data (JSON)
lists-by-year = By category and year
pool-column-name = Organisation name
pool-column-credit_code = Unified social credit code
pool-column-category = Category code
pool-column-category_name = Category
pool-column-city = City
pool-column-list_number = List number
pool-column-list_title = Title of the list
pool-column-year = Year
pool-column-valid_from = Valid from
pool-column-valid_to = Valid to
pool-column-standing = Standing
pool-column-page = Provider’s page
refusal-workbook_too_long = Content of more than { $limit } rows cannot be made into an XLSX file. Download the CSV file.

# Feeds ---------------------------------------------------------------------------------------------------------------
home-more = More
home-calendar = Add to calendar
home-feed = Subscribe to updates
feed-call = Applications: { $opens } to { $closes }
feed-notice = Notice: { $from } to { $to }
feed-list = { $category }. Entries: { $count }
calendar-name = Yuanchi: closing of calls and notices
calendar-opens = Applications open: { $title }
calendar-closes = Applications close: { $title }
calendar-recommend = City recommendations close: { $title }
calendar-planned_screening = Screening expected to end: { $title }
calendar-planned_review = Expert review expected to end: { $title }
calendar-planned_decision = Decision expected: { $title }
calendar-planned_notice = Public notice expected to begin: { $title }
calendar-objections = Objections close: { $title }
