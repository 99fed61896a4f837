"""The peer of `make bench`: the same comparison of the same files by DuckDB.

Reads both exports, normalises the mapped fields, joins the pairs, compares each field with the state that the last night
left, writes the changed cells and one row for each pair as CSV, and keeps the new state.

usage: bench-duckdb.py REFERRALS.json Opportunity.csv STATE.duckdb OUTPUT-FOLDER
"""

import os
import sys

import duckdb

FIELDS = {
    "name": ("r.name", "o.Name"),
    "value": ("CAST(r.details.dealValue AS DECIMAL(18,2))", "TRY_CAST(o.Amount AS DECIMAL(18,2))"),
    "currency": ("upper(r.details.currency)", "upper(o.CurrencyIsoCode)"),
    "closing": ("strftime(r.details.closingDateTime AT TIME ZONE 'UTC', '%Y-%m-%d')", "o.CloseDate"),
    "notes": ("coalesce(r.details.notes, '')", "coalesce(o.Description, '')"),
    "customer": ("r.customerProfile.name", 'o."Account.Name"'),
    "street": ("coalesce(r.customerProfile.address.addressLine1, '')", 'coalesce(o."Account.BillingStreet", \'\')'),
    "city": ("coalesce(r.customerProfile.address.city, '')", 'coalesce(o."Account.BillingCity", \'\')'),
    "state": (
        "coalesce(nullif(r.customerProfile.address.state, ''), r.customerProfile.address.region, '')",
        'coalesce(o."Account.BillingState", \'\')',
    ),
    "postal": ("coalesce(r.customerProfile.address.postalCode, '')", 'coalesce(o."Account.BillingPostalCode", \'\')'),
    "country": ("upper(r.customerProfile.address.country)", 'upper(o."Account.BillingCountry")'),
    "help": ("r.inviteContext.assistanceRequestCode", "o.How_can_Microsoft_help__c"),
    "visible": (
        "CAST(r.consent.consentToShareReferralWithMicrosoftSellers AS VARCHAR)",
        "lower(o.Referral_visible_to_Microsoft_sellers__c)",
    ),
    "msx": ("coalesce(r.trackingInfo.microsoftMsxId, '')", "coalesce(o.Microsoft_CRM_Identifier__c, '')"),
    "referral": ("r.id", "o.Referral_Identifier__c"),
    "external": ("r.externalReferenceId", "o.Id"),
    "status": ("r.status || '/' || r.substatus", "o.StageName"),
    "tag": ("r.eTag", "o.LastModifiedDate"),
    "type": ("r.type", "o.IsClosed"),
    "qualification": ("r.qualification", "o.IsWon"),
}

referrals, opportunities, state, output = sys.argv[1:5]
os.makedirs(output, exist_ok=True)
db = duckdb.connect(state)
left = ", ".join(f"CAST({a} AS VARCHAR) AS p_{name}" for name, (a, _) in FIELDS.items())
right = ", ".join(f"CAST({b} AS VARCHAR) AS s_{name}" for name, (_, b) in FIELDS.items())
db.execute(
    f"""
    CREATE OR REPLACE TABLE night AS
    WITH page AS (SELECT unnest(value) AS r FROM read_json('{referrals}', maximum_object_size=4294967295)),
         opportunity AS (SELECT * FROM read_csv('{opportunities}', header=true, all_varchar=true))
    SELECT {left}, {right} FROM page FULL JOIN opportunity o ON o.Id = r.externalReferenceId
    """
)
known = db.execute("SELECT count(*) FROM information_schema.tables WHERE table_name = 'base'").fetchone()[0]
if not known:
    db.execute("CREATE TABLE base AS SELECT * FROM night LIMIT 0")
cells = " UNION ALL ".join(
    f"""SELECT n.p_referral, n.s_external, '{name}' AS field, b.p_{name} AS base, n.p_{name} AS partner_center,
    n.s_{name} AS salesforce FROM night n LEFT JOIN base b USING (p_referral)
    WHERE n.p_{name} IS DISTINCT FROM b.p_{name} OR n.s_{name} IS DISTINCT FROM b.s_{name}"""
    for name in FIELDS
)
if known:
    db.execute(f"COPY ({cells}) TO '{output}/changes.csv' (HEADER)")
db.execute(f"COPY (SELECT p_referral, s_external, p_name, p_status, s_status FROM night) TO '{output}/pairs.csv' (HEADER)")
db.execute("DROP TABLE base")
db.execute("ALTER TABLE night RENAME TO base")
