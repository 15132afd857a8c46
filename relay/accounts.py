"""Companies and their people, and what becomes visible when these change."""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, false, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from desktop.tickets.people import Person, Role
from desktop.tickets.trouble import InputRefused
from relay.journal import Journal
from relay.permissions import Principal, Reader, reader
from relay.tables import companies, people, rows, shifts

_PERSON = select(people).where(people.c.email == bindparam("email"))
_SHARES = select(companies.c.shares).where(companies.c.name == bindparam("name"))
_COLUMNS = {"own": rows.c.own, "company": rows.c.company, "provider": rows.c.provider}


def add_company(connection: Connection, name: str, *, at: datetime, shares: bool | None = None) -> str:
    """Add a company, or change whether its requesters see one another's tickets (None: as it is, at first no).

    Returns its name as it is kept.
    """
    name = _one_line(name, "A company")
    people_before = {person.email: reader(principal) for person, principal in _members(connection, name)}
    present = connection.execute(select(companies.c.shares).where(companies.c.name == name)).scalar()
    if present is None:
        connection.execute(insert(companies).values(name=name, shares=int(bool(shares))))
    elif shares is not None and bool(present) != shares:
        connection.execute(companies.update().where(companies.c.name == name).values(shares=int(shares)))
        journal = Journal(connection, at)
        for person, principal in _members(connection, name):
            _tell_of_rights(connection, journal, people_before[person.email], reader(principal))
        journal.flush()
    return name


def add_person(connection: Connection, person: Person, *, at: datetime) -> Person:
    """Add a person, or change name, company and role of the one with that address; returns what is stored.

    The provider's own people belong to no company; one that is given for them is left out.

    Raises `InputRefused` where the address is none, the company is unknown, or the role does not fit the company.
    """
    email = person.email.strip().lower()
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@") or not email.isprintable() or " " in email:
        raise InputRefused(f"{person.email!r} is not an e-mail address.")
    company = "" if person.role.is_provider else person.company.strip()
    if not person.role.is_provider and not company:
        raise InputRefused("A requester belongs to a company. Name it with --company.")
    if company and connection.execute(select(companies.c.name).where(companies.c.name == company)).first() is None:
        raise InputRefused(f"There is no company {company!r}. Add it first: helptray-relay company add NAME.")
    before = find_person(connection, email)
    sight_before = reader(as_principal(connection, before)) if before else None
    added = Person(email=email, name=_one_line(person.name or email, "A person"), company=company, role=person.role)
    statement = insert_or(people).values(email=email, name=added.name, company=company, role=added.role.value)
    changes = {name: statement.excluded[name] for name in ("name", "company", "role")}
    connection.execute(statement.on_conflict_do_update(index_elements=["email"], set_=changes))
    if sight_before is not None:
        journal = Journal(connection, at)
        _tell_of_rights(connection, journal, sight_before, reader(as_principal(connection, added)))
        journal.flush()
    return added


def find_person(connection: Connection, email: str) -> Person | None:
    """The person with that address, in any case of letters."""
    found = connection.execute(_PERSON, {"email": email.strip().lower()}).first()
    if found is None:
        return None
    return Person(email=found.email, name=found.name, company=found.company, role=Role(found.role))


def company_exists(connection: Connection, name: str) -> bool:
    """Whether the company has been added."""
    return connection.execute(select(companies.c.name).where(companies.c.name == name)).first() is not None


def as_principal(connection: Connection, person: Person | None, *, device: str = "", company: str = "") -> Principal:
    """A device with whoever is signed in on it, and what their company allows."""
    company = person.company if person else company
    shares = connection.execute(_SHARES, {"name": company}).scalar()
    return Principal(device=device, company=company, person=person, shares=bool(shares))


def _members(connection: Connection, company: str) -> list[tuple[Person, Principal]]:
    emails = connection.execute(select(people.c.email).where(people.c.company == company)).scalars().all()
    found = [person for person in (find_person(connection, email) for email in emails) if person]
    return [(person, as_principal(connection, person)) for person in found]


def _tell_of_rights(connection: Connection, journal: Journal, before: Reader, after: Reader) -> None:
    """Every row that one of the two sees and the other does not is told again: as a row, or as a tombstone.

    So is what has come into or gone out of a scope that is read no more: they may not have heard of it there.
    """
    left = set(before.scopes).difference(after.scopes)
    moved = select(shifts.c.kind, shifts.c.row).where(shifts.c.scope.in_(left)).distinct()
    for kind, row in connection.execute(moved.order_by(shifts.c.kind, shifts.c.row)).all():
        journal.tell(after.personal, kind, row)
    for one, other in ((before, after), (after, before)):
        lines = connection.execute(
            select(rows.c.kind, rows.c.row).where(_seen(one), ~_seen(other)).order_by(rows.c.version)
        )
        for kind, row in lines.all():
            journal.tell(after.personal, kind, row)


def _seen(by: Reader) -> ColumnElement[bool]:
    if by.everything:
        return rows.c.bucket != ""
    wanted = (("own", by.own), ("company", by.company), ("provider", by.provider))
    return or_(false(), *(func.coalesce(_COLUMNS[name], "").in_(scopes) for name, scopes in wanted if scopes))


def _one_line(text: str, what: str) -> str:
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise InputRefused(f"{what} needs a name.")
    return line
