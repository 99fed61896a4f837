"""A peer of `make bench`: one night's comparison of the same files by Polars.

The same work as with_duckdb.py: both exports read lazily, the referrals by lines, joined, compared with last night's state,
the changed cells and one row for each pair written as CSV, all by the streaming engine.

usage: with_polars.py REFERRALS.json Opportunity.csv STATE-FOLDER OUTPUT-FOLDER
       with_polars.py --version
"""

import os
import sys

import polars as pl
from polars import col, lit


def texts(*names):
    return pl.Struct({name: pl.String for name in names})


SHAPE = pl.Struct(
    {
        **{name: pl.String for name in ("id", "name", "externalReferenceId", "status", "substatus")},
        **{name: pl.String for name in ("statusReason", "salesStage")},
        "customerProfile": pl.Struct(
            {
                "name": pl.String,
                "address": texts("addressLine1", "city", "state", "region", "postalCode", "country"),
            }
        ),
        "consent": pl.Struct({"consentToShareReferralWithMicrosoftSellers": pl.Boolean}),
        "details": texts("dealValue", "currency", "closingDateTime", "notes"),
        "inviteContext": texts("assistanceRequestCode"),
        "trackingInfo": texts("microsoftMsxId"),
        "links": pl.Struct({"self": texts("uri")}),
    }
)


def money(value):
    return value.replace("", None).cast(pl.Decimal(18, 2)).cast(pl.String)


def member(*path):
    value = col("r")
    for name in path:
        value = value.struct.field(name)
    return value


def address(name):
    return member("customerProfile", "address", name)


# The value of each field in Partner Center and in Salesforce, as texts that are equal where the values are.
FIELDS = {
    "name": (member("name").str.strip_chars_end(" "), col("Name")),
    "value": (money(member("details", "dealValue")), money(col("Amount"))),
    "currency": (member("details", "currency").str.to_uppercase(), col("CurrencyIsoCode").str.to_uppercase()),
    "closing": (member("details", "closingDateTime").str.head(10), col("CloseDate")),
    "notes": (member("details", "notes"), col("Description")),
    "customer": (member("customerProfile", "name").str.replace_all("&amp;", "&", literal=True), col("Account.Name")),
    "street": (address("addressLine1"), col("Account.BillingStreet")),
    "city": (address("city"), col("Account.BillingCity")),
    "state": (pl.coalesce(address("state").replace("", None), address("region")), col("Account.BillingState")),
    "postal": (address("postalCode"), col("Account.BillingPostalCode")),
    "country": (address("country").str.to_uppercase(), col("Account.BillingCountry").str.to_uppercase()),
    "help": (member("inviteContext", "assistanceRequestCode"), col("How_can_Microsoft_help__c")),
    "visible": (
        member("consent", "consentToShareReferralWithMicrosoftSellers").cast(pl.String),
        col("Referral_visible_to_Microsoft_sellers__c"),
    ),
    "msx": (member("trackingInfo", "microsoftMsxId"), col("Microsoft_CRM_Identifier__c")),
    "referral": (member("id"), col("Referral_Identifier__c")),
    "opportunity": (member("externalReferenceId"), col("Id")),
    "link": (member("links", "self", "uri"), col("Referral_Link__c")),
    "status": (member("status") + "/" + member("substatus"), col("StageName")),
    "reason": (member("statusReason"), lit("")),
    "stage": (member("salesStage"), lit("")),
}


def read(referrals, opportunities):
    """Both exports as one table of pairs."""
    left = [a.fill_null("").alias(f"p_{name}") for name, (a, _) in FIELDS.items()]
    right = [b.fill_null("").alias(f"s_{name}") for name, (_, b) in FIELDS.items()]
    lines = pl.scan_csv(referrals, has_header=False, separator="\x01", quote_char=None, schema={"line": pl.String})
    partner_center = (
        lines.filter(col("line").str.starts_with('{"id"'))
        .select(col("line").str.strip_suffix(",").str.json_decode(SHAPE).alias("r"))
        .select(left)
    )
    salesforce = pl.scan_csv(opportunities, infer_schema=False).select(right)
    return partner_center.join(
        salesforce, left_on="p_opportunity", right_on="s_opportunity", how="full", coalesce=False
    )


def write_changes(night, last, output):
    """Every cell in which one side differs from last night."""
    before = last.rename(lambda name: "b" + name).with_columns(p_referral="bp_referral", s_opportunity="bs_opportunity")
    pairs = night.join(before, on=["p_referral", "s_opportunity"], how="left")

    def moved(name):
        return col(f"p_{name}").ne_missing(col(f"bp_{name}")) | col(f"s_{name}").ne_missing(col(f"bs_{name}"))

    def cell(name):
        return pl.when(moved(name)).then(
            pl.struct(
                lit(name).alias("field"),
                col(f"bp_{name}").alias("base"),
                col(f"p_{name}").alias("partner_center"),
                col(f"s_{name}").alias("salesforce"),
            )
        )

    changed = pairs.filter(pl.any_horizontal([moved(name) for name in FIELDS]))
    cells = changed.select(
        col("p_referral").alias("referral"),
        col("s_opportunity").alias("opportunity"),
        pl.concat_list([cell(name) for name in FIELDS]).alias("cell"),
    )
    cells.explode("cell").filter(col("cell").is_not_null()).unnest("cell").sink_csv(output)


def main(referrals, opportunities, state, output):
    os.makedirs(state, exist_ok=True)
    os.makedirs(output, exist_ok=True)
    night, last = os.path.join(state, "night.parquet"), os.path.join(state, "last.parquet")
    read(referrals, opportunities).sink_parquet(night)
    pairs = pl.scan_parquet(night)
    if os.path.exists(last):
        write_changes(pairs, pl.scan_parquet(last), os.path.join(output, "changes.csv"))
    pairs.select("p_referral", "s_opportunity", "p_name", "p_status", "s_status").sink_csv(
        os.path.join(output, "pairs.csv")
    )
    os.replace(night, last)


if sys.argv[1:] == ["--version"]:
    print("polars", pl.__version__)
else:
    main(*sys.argv[1:])
