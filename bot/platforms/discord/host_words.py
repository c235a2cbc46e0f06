"""What Discord shows of the commands of hosts: what they do, and what their options mean."""

GROUP = {
    "appeals": "What learners say that they covered, and your decision on it",
    "flags": "What learners flagged in questions, and what you have seen to",
    "exclude": "Take a person or an answer off the leaderboards, or list who and what is off",
    "include": "Let a person or an answer back on the leaderboards",
    "audit": "See which host did what here",
    "gaps": "What this server misses most, without names",
    "rules": "Whether staff is ranked, when seasons begin, how long texts of answers are kept",
}
"""The commands of the table that Discord has among those of hosts, in at most 100 characters."""

QUESTION = "The questions of this server's own"
QUESTION_COMMANDS = {
    "add": "Add the questions of a Markdown, YAML or CSV file",
    "edit": "Put the questions of a file in place of those with the same names",
    "get": "A file with one question of this server, or with all, to change and send again",
    "retire": "Ask a question of this server no more; grades stay",
    "list": "The questions of this server, the newest first",
    "suggestions": "What members suggested",
    "accept": "Take a suggestion; it is asked from then on",
    "decline": "Decline a suggestion",
    "stats": "How a question does here",
    "template": "An example of a file with questions",
}

OPTIONS = {
    "number": "The number that stands beside it",
    "decision": "What you decide on the appeal with that number",
    "reason": "Why, in a few words",
    "done": "The number of a flag that you have seen to",
    "member": "A member of this server",
    "name": "A name as leaderboards show it, where the member has left",
    "answer": "The number of an answer",
    "answers": "List the numbers of their answers instead",
    "page": "Which page; the first, unless you say one",
    "staff": "Whether those who manage the server stand on its leaderboards",
    "season": "The day on which a season began, such as 2027-01-01; off ends seasons",
    "keep": "After how many days the texts of answers go, such as 90; forever keeps them",
    "file": "A Markdown, YAML or CSV file",
    "anyway": "Also where similar questions are there",
    "question": "The name of a question",
    "one": "The name of a question; all, unless you name one",
    "edited": "The question whose place it takes; those of the same names, unless you name one",
    "kind": "Which kind of file",
}
"""What each option of these means, in at most 100 characters."""

DECISIONS = {
    "accept": "Accept: the sentence counts here from now on",
    "accept anyway": "Accept it although it resembles a wrong statement",
    "decline": "Decline",
}

TEMPLATES = {"md": "Markdown", "yaml": "YAML", "csv": "CSV"}
