"""The verb `kg completion`: a script that lets the shell complete verbs, options, questions and their parameters.

In: the shell, and the parser of the command line. Out: text to put where the shell reads it; it holds all words itself,
so that completing starts no Python. After an update of kg it is to be written anew.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence

from kg.questions import LITERALS, questions
from kg.vocabulary import vocabulary

SHELLS = ("bash", "zsh", "fish")


def completion_options(sub: argparse.ArgumentParser) -> None:
    """Add the options of `kg completion`."""
    sub.add_argument("shell", choices=SHELLS, help="put it into the file where your shell reads such scripts")


def completion(args: argparse.Namespace) -> int:
    """Print the script; the parser of the command line comes with the arguments, all options in it."""
    sys.stdout.write(script(args.shell, options_of(args.parser)))
    return 0


def script(shell: str, options: Mapping[str, Sequence[str]]) -> str:
    """Return the completion script of a shell. options: the options of each verb."""
    asked = questions().values()
    parameters = {q.name: [f"--{name}" for name in q.parameters] for q in asked}
    indicators = [row.id for row in vocabulary().indicators.values()]
    kinds = sorted({p.name for q in asked for p in q.parameters.values() if p.type not in LITERALS} - {"indicator"})
    if shell == "fish":
        return _fish(options, parameters, indicators)
    text = _BASH.format(
        verbs=" ".join(options),
        questions=" ".join(parameters),
        options="\n".join(f"    {verb}) words='{' '.join(words)}' ;;" for verb, words in options.items()),
        parameters="\n".join(f'    {name}) words="$words {" ".join(each)}" ;;' for name, each in parameters.items()),
        indicators=" ".join(indicators),
        names="|".join(f"--{kind}" for kind in kinds),
    )
    return f"autoload -U +X bashcompinit && bashcompinit\n{text}" if shell == "zsh" else text


_BASH = """\
_kg() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" verb="${{COMP_WORDS[1]}}" words=''
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '{verbs}' -- "$word")); return; fi
  case "$before" in
    --indicator) COMPREPLY=($(compgen -W '{indicators}' -- "$word")); return ;;
    --partial) COMPREPLY=($(compgen -W 'yes no' -- "$word")); return ;;
    --format) COMPREPLY=($(compgen -W 'table csv json markdown xlsx' -- "$word")); return ;;
    {names}) COMPREPLY=(); return ;;
  esac
  case "$verb" in
{options}
  esac
  if [ "$verb" = ask ]; then
    case "${{COMP_WORDS[2]}}" in
{parameters}
    esac
    if [ "$COMP_CWORD" -eq 2 ]; then words="$words {questions}"; fi
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  case "$word" in -*|'') ;; *) [ "$verb" = ask ] || COMPREPLY+=($(compgen -f -- "$word")) ;; esac
}}
complete -o default -F _kg kg
"""


def _fish(
    options: Mapping[str, Sequence[str]], parameters: Mapping[str, Sequence[str]], indicators: Sequence[str]
) -> str:
    lines = [f"complete -c kg -n __fish_use_subcommand -f -a '{' '.join(options)}'"]
    for verb, words in options.items():
        long = " ".join(f"-l {word[2:]}" for word in words if word.startswith("--"))
        lines.append(f"complete -c kg -n '__fish_seen_subcommand_from {verb}' {long}" if long else "")
    names = " ".join(parameters)
    lines.append(f"complete -c kg -n '__fish_seen_subcommand_from ask' -f -a '{names}'")
    for name, each in parameters.items():
        for word in each:
            values = f" -a '{' '.join(indicators)}'" if word == "--indicator" else ""
            lines.append(f"complete -c kg -n '__fish_seen_subcommand_from {name}' -x -l {word[2:]}{values}")
    return "\n".join(filter(None, lines)) + "\n"


def options_of(parser: argparse.ArgumentParser) -> Mapping[str, Sequence[str]]:
    """Return the long options of each verb of a parser."""
    (verbs,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {
        name: sorted({word for action in sub._actions for word in action.option_strings if word.startswith("--")})
        for name, sub in verbs.choices.items()
    }
