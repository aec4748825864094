# Directories, pages of concepts and meetings, and what is here.

processes-about = Consultative processes on migration and related bodies: who takes part, since when, and how many of their documents can be searched here.
processes-other = Others
themes-about = The themes of migration policy that documents are filed under, with the number of documents that treat each.
regions = Regions
regions-about = Regions as the processes use them, with the documents of the processes of each.
countries = Countries
countries-about = Countries and territories, with the documents that speak of each.
directory-find = Find a name
directory-show = Show
directory-found =
    { $n ->
        [0] Nothing here is called “{ $what }”.
        [one] { $n } name for “{ $what }”
       *[other] { $n } names for “{ $what }”
    }
column-name = Name
column-documents = Documents
held-nothing = nothing held

by-rcp = Process
by-mentions = Process mentioned
by-theme = Theme
by-region = Region
by-country = Country
by-type = Document type
by-process-type = Kind of process
by-year = Year
by-lang = Language
by-event = Meeting

unknown-title = There is no “{ $what }”
unknown-nearest = Did you mean one of these?

years-heading = Documents by year

concept-feed = New documents: { $what }
concept-documents = Documents
concept-nothing = Nothing is held here. That says nothing of whether there are documents elsewhere.
concept-held =
    { $n ->
        [one] { $n } document can be searched.
       *[other] { $n } documents can be searched.
    }
concept-search = Search these documents
concept-latest = Latest documents
concept-all = All documents
concept-compare = Compare over the years
concept-atom = Feed of new documents
concept-mentioned =
    { $n ->
        [one] Mentioned in { $n } document of others
       *[other] Mentioned in { $n } documents of others
    }
concept-meetings = Meetings
concept-narrower = Narrower
concept-facts = Facts
concept-names = Names
concept-former = Former names
concept-aliases = Also called
concept-searched-by = Names it is searched by
concept-doubts = What is not certain
concept-doubts-about = These points could not be confirmed:
concept-notes = Notes
concept-sources = Sources

fact-kind = Kind
fact-region = Region
fact-founded = Founded
fact-years = Years active
fact-status = Status
fact-members = Members
fact-member-count = Number of members by other sources
fact-observers = Observers
fact-observer-organizations = Observer organizations
fact-secretariat = Secretariat
fact-website = Website
fact-related = Related processes
fact-covers = Countries
fact-iso3 = ISO code
fact-m49 = UN M49 code
fact-gcm = Objectives of the Global Compact for Migration

status-active = active
status-inactive = inactive
status-uncertain = uncertain
status-unverified = not verified

event-series = Series
event-number = Number
event-date = Date
event-place = Place
event-search = Search the documents of this meeting
event-around = Meetings before and after
event-previous = Previous meeting
event-next = Next meeting

coverage-about = What can be searched here, and what cannot. A search that finds nothing may only mean that nothing is held.
coverage-documents = Documents held
coverage-searchable = Searchable
coverage-without-text = Without text
coverage-passages = Paragraphs
coverage-changed = Last change
coverage-version = Version of the index: { $what }
coverage-missing = not known
coverage-gaps = What is missing
coverage-gaps-about = The collection holds what was collected, not all that was ever written. Numbers by year, process or language tell as much of the collection as of the processes.
coverage-empty-years = Years without any document
coverage-nothing-of = Processes without any document
coverage-processes =
    { $n ->
        [one] { $n } process
       *[other] { $n } processes
    }
coverage-unsearchable = Files that cannot be searched
coverage-all-searchable = The text of every file can be searched.
coverage-file = File
coverage-why = Why
coverage-scan = no text: a scan
coverage-failed = could not be read
coverage-api = The same for programs (JSON)
