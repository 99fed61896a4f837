"""A peer of `make bench`: one night's comparison of the same files by plain sqlite3.

The same work as with_duckdb.py as one script for the program sqlite3: both exports imported, the referrals by lines, joined,
compared with last night's state, the changed cells and one row for each pair written as CSV. Python only writes the script.

usage: with_sqlite.py REFERRALS.json Opportunity.csv STATE-FOLDER OUTPUT-FOLDER
       with_sqlite.py --version
"""

import os
import subprocess
import sys


def member(path):
    return f"json_extract(line, '$.{path}')"


def address(name):
    return member(f"customerProfile.address.{name}")


def money(value):
    return f"printf('%.2f', nullif({value}, ''))"


# The value of each field in Partner Center and in Salesforce, as texts that are equal where the values are.
FIELDS = {
    "name": (f"rtrim({member('name')})", "Name"),
    "value": (money(member("details.dealValue")), money("Amount")),
    "currency": (f"upper({member('details.currency')})", "upper(CurrencyIsoCode)"),
    "closing": (f"substr({member('details.closingDateTime')}, 1, 10)", "CloseDate"),
    "notes": (member("details.notes"), "Description"),
    "customer": (f"replace({member('customerProfile.name')}, '&amp;', '&')", '"Account.Name"'),
    "street": (address("addressLine1"), '"Account.BillingStreet"'),
    "city": (address("city"), '"Account.BillingCity"'),
    "state": (f"coalesce(nullif({address('state')}, ''), {address('region')})", '"Account.BillingState"'),
    "postal": (address("postalCode"), '"Account.BillingPostalCode"'),
    "country": (f"upper({address('country')})", 'upper("Account.BillingCountry")'),
    "help": (member("inviteContext.assistanceRequestCode"), "How_can_Microsoft_help__c"),
    "visible": (
        f"iif({member('consent.consentToShareReferralWithMicrosoftSellers')}, 'true', 'false')",
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


def reading(referrals, opportunities):
    """Both exports as one table of pairs."""
    left = ", ".join(f"coalesce({a}, '') AS p_{name}" for name, (a, _) in FIELDS.items())
    right = ", ".join(f"coalesce({b}, '') AS s_{name}" for name, (_, b) in FIELDS.items())
    return f"""
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        CREATE TEMP TABLE page (line TEXT);
        .mode ascii
        .separator "\\001" "\\n"
        .import --schema temp '{referrals}' page
        .import --schema temp --csv '{opportunities}' export
        CREATE TEMP TABLE opportunity AS SELECT {right} FROM export;
        CREATE INDEX temp.opportunities ON opportunity (s_opportunity);
        CREATE TEMP TABLE referral AS
          SELECT {left} FROM (SELECT rtrim(line, ',') AS line FROM page WHERE line LIKE '{{"id"%');
        CREATE TABLE night AS SELECT * FROM referral FULL JOIN opportunity ON s_opportunity = p_opportunity;
        """


def changes(last, output):
    """Every cell in which one side differs from last night."""
    sides = [f"{side}_{name}" for name in FIELDS for side in "ps"]
    before = ", ".join(f"b.{column} AS b{column}" for column in sides)
    moved = " OR ".join(f"n.{column} IS NOT b.{column}" for column in sides)
    cells = " UNION ALL ".join(
        f"""SELECT p_referral AS referral, s_opportunity AS opportunity, '{name}' AS field, bp_{name} AS base,
        p_{name} AS partner_center, s_{name} AS salesforce FROM changed
        WHERE p_{name} IS NOT bp_{name} OR s_{name} IS NOT bs_{name}"""
        for name in FIELDS
    )
    return f"""
        ATTACH '{last}' AS last;
        CREATE TEMP TABLE changed AS SELECT n.*, {before} FROM night n LEFT JOIN last.night b
          ON n.p_referral = b.p_referral AND n.s_opportunity = b.s_opportunity WHERE {moved};
        .once '{output}'
        {cells};
        """


def main(referrals, opportunities, state, output):
    os.makedirs(state, exist_ok=True)
    os.makedirs(output, exist_ok=True)
    night, last = os.path.join(state, "night.sqlite"), os.path.join(state, "last.sqlite")
    script = reading(referrals, opportunities) + '.headers on\n.mode csv\n.separator "," "\\n"\n'
    if os.path.exists(last):
        script += changes(last, os.path.join(output, "changes.csv"))
    script += f".once '{os.path.join(output, 'pairs.csv')}'\n"
    script += "SELECT p_referral, s_opportunity, p_name, p_status, s_status FROM night;\n"
    lines = "\n".join(line.strip() for line in script.splitlines())
    subprocess.run(["sqlite3", "-bail", night], input=lines, text=True, check=True, stdout=subprocess.DEVNULL)
    os.replace(night, last)


if sys.argv[1:] == ["--version"]:
    print("sqlite3", subprocess.run(["sqlite3", "--version"], capture_output=True, text=True, check=True).stdout.split()[0])
else:
    main(*sys.argv[1:])
