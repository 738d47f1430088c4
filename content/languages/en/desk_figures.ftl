### Words of the staff console: figures for supervision.

desk-nav-figures = Figures
desk-figures-title = How long people wait
desk-figures-target = For immediate and high: half of all answered within 3 minutes, 94% within 5.
desk-figures-small = Groups of fewer than { $smallest } are not shown.
desk-figures-by = By
desk-figures-days = Days
desk-figures-minutes = { $minutes } min
desk-figures-percent = { $percent }%
desk-figures-none = no figure
desk-figures-few = fewer than { $smallest }
desk-figures-open = not closed yet
desk-figures-met = (target met)
desk-figures-missed = (target missed)
desk-figures-csv = CSV
desk-figures-nothing = Nobody came in this time.
desk-split-level = level
desk-split-channel = channel
desk-split-language = language
desk-split-hour = hour of the day
desk-split-outcome = outcome
desk-measure-group = Group
desk-measure-count = People
desk-measure-taken = Half taken within
desk-measure-answered = Half answered within
desk-measure-in-time = Answered in 5 minutes
desk-measure-unanswered = Not answered by a person
