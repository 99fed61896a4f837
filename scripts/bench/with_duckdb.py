"""A peer of `make bench`: one night's comparison of the same files by DuckDB.

Reads both exports, joins the pairs, compares 20 fields of each side with the state that the last night left, writes the
changed cells and one row for each pair as CSV, and keeps the new state. The export has one referral on each line; reading it
by lines, and all texts out of each line at once, is the fastest way that DuckDB has for it, and the one that takes least memory.

usage: with_duckdb.py REFERRALS.json Opportunity.csv STATE-FOLDER OUTPUT-FOLDER
       with_duckdb.py --version
"""

import os
import sys

import duckdb

PATHS = []


def member(path):
    """A text of the referral, whose line is parsed once for all of them."""
    PATHS.append(f"'$.{path}'")
    return f"r[{len(PATHS)}]"


def address(name):
    return member(f"customerProfile.address.{name}")


def money(value):
    return f"CAST(CAST({value} AS DECIMAL(18,2)) AS VARCHAR)"


# The value of each field in Partner Center and in Salesforce, as texts that are equal where the values are.
FIELDS = {
    "name": (f"rtrim({member('name')})", "Name"),
    "value": (money(member("details.dealValue")), money("Amount")),
    "currency": (f"upper({member('details.currency')})", "upper(CurrencyIsoCode)"),
    "closing": (f"left({member('details.closingDateTime')}, 10)", "CloseDate"),
    "notes": (member("details.notes"), "Description"),
    "customer": (f"replace({member('customerProfile.name')}, '&amp;', '&')", '"Account.Name"'),
    "street": (address("addressLine1"), '"Account.BillingStreet"'),
    "city": (address("city"), '"Account.BillingCity"'),
    "state": (f"coalesce(nullif({address('state')}, ''), {address('region')})", '"Account.BillingState"'),
    "postal": (address("postalCode"), '"Account.BillingPostalCode"'),
    "country": (f"upper({address('country')})", 'upper("Account.BillingCountry")'),
    "help": (member("inviteContext.assistanceRequestCode"), "How_can_Microsoft_help__c"),
    "visible": (
        member("consent.consentToShareReferralWithMicrosoftSellers"),
        "Referral_visible_to_Microsoft_sellers__c",
    ),
    "msx": (member("trackingInfo.microsoftMsxId"), "Microsoft_CRM_Identifier__c"),
    "referral": (member("id"), "Referral_Identifier__c"),
    "opportunity": (member("externalReferenceId"), "Id"),
    "link": (member("links.self.uri"), "Referral_Link__c"),
    "status": (f"{member('status')} || '/' || {member('substatus')}", "StageName"),
    "reason": (member("statusReason"), "''"),
    "stage": (member("salesStage"), "''"),
}


def read(db, referrals, opportunities, state):
    """Both exports as one table of pairs."""
    left = ", ".join(f"coalesce({a}, '') AS p_{name}" for name, (a, _) in FIELDS.items())
    right = ", ".join(f"coalesce({b}, '') AS s_{name}" for name, (_, b) in FIELDS.items())
    db.execute(
        f"""
        COPY (
          WITH line AS (
            FROM read_csv(
              '{referrals}', columns = {{'line': 'VARCHAR'}}, auto_detect = false, header = false, delim = '\x01',
              quote = '', escape = '', new_line = '\\n')
            WHERE starts_with(line, '{{"id"')
          ),
          referral AS (
            SELECT {left} FROM (SELECT json_extract_string(rtrim(line, ','), [{', '.join(PATHS)}]) AS r FROM line)
          ),
          opportunity AS (
            SELECT {right} FROM read_csv('{opportunities}', header = true, all_varchar = true, quote = '"', escape = '"')
          )
          FROM referral FULL JOIN opportunity ON s_opportunity = p_opportunity
        ) TO '{state}' (FORMAT parquet)
        """
    )


def write_changes(db, night, last, output):
    """Every cell in which one side differs from last night."""
    sides = [f"{side}_{name}" for name in FIELDS for side in "ps"]
    moved = " OR ".join(f"n.{column} IS DISTINCT FROM b.{column}" for column in sides)
    cells = ", ".join(
        f"""{{'field': '{name}', 'base': b.p_{name}, 'partner_center': n.p_{name}, 'salesforce': n.s_{name},
        'moved': n.p_{name} IS DISTINCT FROM b.p_{name} OR n.s_{name} IS DISTINCT FROM b.s_{name}}}"""
        for name in FIELDS
    )
    db.execute(
        f"""
        COPY (
          SELECT referral, opportunity, cell.field, cell.base, cell.partner_center, cell.salesforce
          FROM (
            SELECT n.p_referral AS referral, n.s_opportunity AS opportunity, unnest([{cells}]) AS cell
            FROM '{night}' n LEFT JOIN '{last}' b ON n.p_referral = b.p_referral AND n.s_opportunity = b.s_opportunity
            WHERE {moved}
          ) WHERE cell.moved
        ) TO '{output}' (HEADER)
        """
    )


def main(referrals, opportunities, state, output):
    os.makedirs(state, exist_ok=True)
    os.makedirs(output, exist_ok=True)
    night, last = os.path.join(state, "night.parquet"), os.path.join(state, "last.parquet")
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    read(db, referrals, opportunities, night)
    if os.path.exists(last):
        write_changes(db, night, last, os.path.join(output, "changes.csv"))
    db.execute(
        f"""COPY (SELECT p_referral, s_opportunity, p_name, p_status, s_status FROM '{night}')
        TO '{os.path.join(output, "pairs.csv")}' (HEADER)"""
    )
    os.replace(night, last)


if sys.argv[1:] == ["--version"]:
    print("duckdb", duckdb.__version__)
else:
    main(*sys.argv[1:])
