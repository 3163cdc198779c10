"""Says in the user's language what click finds wrong with a command line."""

import click
from click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption

from callcoach.errors import CallcoachError, Told, UsageError


def as_slip(error: click.ClickException) -> CallcoachError:
    """Return the error to tell for one of click's: what is wrong, and where help is."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context is not None else "callcoach"
    see = Told("{command} --help explains it", command=path)
    match error:
        case NoSuchOption(option_name=name, possibilities=near):
            advice = Told("did you mean {guess}?", guess=near[0]) if near else see
            return UsageError("there is no option {name}", advice, name=name)
        case MissingParameter(param=param) if param is not None:
            takes = _takes(param) or see
            return UsageError("{name} is missing", takes, name=_name(param, context))
        case click.BadParameter(param=param) if param is not None:
            takes = _takes(param) or see
            return UsageError("{name} cannot be that", takes, name=_name(param, context))
        case BadOptionUsage(option_name=name):
            return UsageError(
                "{name} needs a value that is not there, or has one that it does not take",
                see,
                name=name,
            )
        case _:
            return UsageError(error.format_message(), see)


def _name(param: click.Parameter, context: click.Context | None) -> str:
    if isinstance(param, click.Option) or context is None:
        return max(param.opts, key=len)
    return Told(param.human_readable_name.strip("[]."))


def _takes(param: click.Parameter) -> Told | None:
    """Return what a parameter takes; None where every text will do."""
    match param.type:
        case click.Choice(choices=choices):
            return Told("it takes one of {known}", known=", ".join(map(str, choices)))
        case click.FloatRange(min=least, max=most) if least is not None and most is not None:
            numbers = {"least": float(least), "most": float(most)}
            return Told("it takes a number from {least:g} to {most:g}", **numbers)
        case click.FloatRange(min=least) if least is not None:
            return Told("it takes a number, {least:g} or more", least=float(least))
        case click.FloatRange():
            return Told("it takes a number")
        case click.IntRange(min=least, max=most) if least is not None and most is not None:
            whole = {"least": int(least), "most": int(most)}
            return Told("it takes a whole number from {least} to {most}", **whole)
        case click.IntRange(min=least) if least is not None:
            return Told("it takes a whole number, {least} or more", least=int(least))
        case click.Path(file_okay=True, dir_okay=False):
            return Told("it takes a file, not a folder")
        case click.Path(file_okay=False):
            return Told("it takes a folder, not a file")
        case click.types.IntParamType():
            return Told("it takes a whole number")
        case _:
            return None
