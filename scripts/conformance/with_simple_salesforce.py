"""Drives an unmodified simple-salesforce against the sandbox.

Its addresses are https and fixed; the one thing put in its way is a transport adapter that carries them to loopback.
"""

import csv
import io
import sys
import time
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce, SalesforceAuthenticationFailed, exceptions

from sandbox import Sandbox


class Loopback(HTTPAdapter):
    """Sends every https request to the sandbox."""

    def __init__(self, origin):
        super().__init__()
        self.origin = origin

    def send(self, request, **options):
        parts = urlsplit(request.url)
        request.url = self.origin + parts.path + (f"?{parts.query}" if parts.query else "")
        request.headers["Host"] = urlsplit(self.origin).netloc
        return super().send(request, **options)


def session(sandbox):
    made = requests.Session()
    made.mount("https://", Loopback(sandbox.origin))
    return made


def signed_in(sandbox, **more):
    return Salesforce(session=session(sandbox), version="62.0", **more)


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def plain(records):
    return [{key: value for key, value in record.items() if key != "attributes"} for record in records]


def sign_in(sandbox):
    told = sandbox.salesforce
    jwt = {
        "username": told["username"],
        "consumer_key": told["client_id"],
        "privatekey": told["private_key_pem"],
    }
    sf = signed_in(sandbox, **jwt)
    sandbox.equal(sf.query("SELECT COUNT() FROM Opportunity")["totalSize"], 450, "JWT bearer")
    secret = signed_in(
        sandbox, consumer_key=told["client_id"], consumer_secret=told["client_secret"], domain="acme.my"
    )
    sandbox.true(secret.session_id != sf.session_id, "client credentials")
    error = sandbox.raises(
        SalesforceAuthenticationFailed,
        lambda: signed_in(sandbox, **{**jwt, "username": "nobody@example.com"}),
        "unknown user",
    )
    sandbox.true("user hasn't approved this consumer" in str(error), "text of an unknown user")
    error = sandbox.raises(
        SalesforceAuthenticationFailed,
        lambda: signed_in(
            sandbox, consumer_key=told["client_id"], consumer_secret="wrong", domain="acme.my"
        ),
        "wrong secret",
    )
    sandbox.true("invalid_client" in str(error), "code of a wrong secret")
    return sf


def read(sandbox, sf):
    sandbox.switch(page_size=100)
    soql = "SELECT Id, Name, Amount, Account.Name FROM Opportunity ORDER BY Id"
    paged = sf.query_all(soql)
    sandbox.equal(len(paged["records"]), 450, "rows over all pages")
    sandbox.equal(paged["totalSize"], 450, "total of the pages")
    first = sf.query(soql)
    sandbox.equal((first["done"], len(first["records"])), (False, 100), "first page")
    second = sf.query_more(first["nextRecordsUrl"], True)
    sandbox.equal(second["records"][0]["Id"], paged["records"][100]["Id"], "second page by address")
    sandbox.equal(len(list(sf.query_all_iter(soql))), 450, "rows one by one")
    sandbox.reset()
    gone = paged["records"][0]["Id"]
    sandbox.equal(sf.Opportunity.delete(gone), 204, "delete")
    sandbox.equal(sf.query("SELECT COUNT() FROM Opportunity")["totalSize"], 449, "rows without the deleted one")
    with_deleted = sf.query_all("SELECT Id FROM Opportunity WHERE IsDeleted = true", include_deleted=True)
    sandbox.equal([row["Id"] for row in with_deleted["records"]], [gone], "queryAll")
    for soql, code in [
        ("SELECT Nope FROM Account", "INVALID_FIELD"),
        ("SELECT Id FROM Nope", "INVALID_TYPE"),
        ("SELEKT Id", "MALFORMED_QUERY"),
    ]:
        error = sandbox.raises(exceptions.SalesforceMalformedRequest, lambda: sf.query(soql), soql)
        sandbox.equal(error.content[0]["errorCode"], code, soql)
    children = sf.query(
        "SELECT Id, (SELECT Id FROM OpportunityContactRoles) FROM Opportunity "
        "WHERE Id IN (SELECT OpportunityId FROM OpportunityContactRole) LIMIT 1"
    )
    sandbox.equal(children["records"][0]["OpportunityContactRoles"]["done"], True, "children")


def describe(sandbox, sf):
    everything = sf.describe()
    sandbox.equal((everything["encoding"], everything["maxBatchSize"]), ("UTF-8", 200), "global describe")
    names = {row["name"] for row in everything["sobjects"]}
    sandbox.true({"Account", "Opportunity", "Microsoft_Solutions__c"} <= names, "objects of the global describe")
    opportunity = sf.Opportunity.describe()
    needed = [
        field["name"]
        for field in opportunity["fields"]
        if field["createable"] and not field["nillable"] and not field["defaultedOnCreate"]
    ]
    sandbox.equal(needed, ["Name", "StageName", "CloseDate"], "required fields")
    sandbox.equal(sf.Opportunity.metadata()["objectDescribe"]["keyPrefix"], "006", "basic information")
    sandbox.true(sf.is_sandbox(), "Organization.IsSandbox")
    limits = sf.limits()["DailyApiRequests"]
    sandbox.true(0 < limits["Remaining"] < limits["Max"], "limits")
    used = sf.api_usage["api-usage"]
    sandbox.equal((used.used + limits["Remaining"], used.total), (limits["Max"], limits["Max"]), "usage header")
    error = sandbox.raises(exceptions.SalesforceResourceNotFound, lambda: sf.Nope.describe(), "unknown object")
    sandbox.equal(error.content[0]["errorCode"], "NOT_FOUND", "unknown object")


def write(sandbox, sf):
    made = sf.Account.create({"Name": "Conformance & Söhne", "BillingCountry": "DE"})
    sandbox.equal((made["success"], made["errors"]), (True, []), "create")
    account = made["id"]
    sandbox.equal(sf.Account.get(account)["Name"], "Conformance & Söhne", "row by id")
    sandbox.equal(sf.Account.get(account[:15])["Id"], account, "row by the short id")
    sandbox.equal(sf.Account.update(account, {"Phone": "+49 1"}), 204, "update")
    deal = {"Name": "Deal", "StageName": "Prospecting", "CloseDate": "2027-01-31", "AccountId": account}
    sandbox.equal(sf.Opportunity.upsert("Referral_Identifier__c/conf-1", deal), 201, "upsert creates")
    sandbox.equal(sf.Opportunity.upsert("Referral_Identifier__c/conf-1", {"Amount": 5}), 200, "upsert updates")
    sandbox.equal(
        sf.Opportunity.get_by_custom_id("Referral_Identifier__c", "conf-1")["Amount"], 5.0, "row by external id"
    )
    sf.Opportunity.create({**deal, "Referral_Identifier__c": "conf-1"})
    error = sandbox.raises(
        exceptions.SalesforceMoreThanOneRecord,
        lambda: sf.Opportunity.upsert("Referral_Identifier__c/conf-1", {"Amount": 6}),
        "two matches",
    )
    sandbox.equal(len(error.content), 2, "addresses of two matches")
    for fields, code in [
        ({"Name": "x"}, "REQUIRED_FIELD_MISSING"),
        ({**deal, "Name": "x" * 121}, "STRING_TOO_LONG"),
        ({**deal, "How_can_Microsoft_help__c": "Tea"}, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
    ]:
        error = sandbox.raises(exceptions.SalesforceMalformedRequest, lambda: sf.Opportunity.create(fields), code)
        sandbox.equal(error.content[0]["errorCode"], code, code)
    error = sandbox.raises(
        exceptions.SalesforceGeneralError,
        lambda: sf.Account.update(
            account, {"Name": "y"}, headers={"If-Unmodified-Since": "Sun, 01 Nov 2026 00:00:00 GMT"}
        ),
        "stale update",
    )
    sandbox.equal(error.status, 412, "stale update")
    sandbox.equal(sf.Account.delete(account), 204, "delete")
    error = sandbox.raises(exceptions.SalesforceResourceNotFound, lambda: sf.Account.get(account), "deleted row")
    sandbox.equal(error.status, 404, "deleted row")


def together(sandbox, sf):
    records = [{"attributes": {"type": "Account"}, "Name": name} for name in ["A1", None, "A3"]]
    answers = sf.restful("composite/sobjects", method="POST", json={"allOrNone": False, "records": records})
    sandbox.equal([row["success"] for row in answers], [True, False, True], "collection in order")
    sandbox.equal(answers[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING", "row error")
    ids = [answers[0]["id"], "001000000000000AAA", answers[2]["id"]]
    found = sf.restful("composite/sobjects/Account", method="POST", json={"ids": ids, "fields": ["Name"]})
    sandbox.equal([row and row["Name"] for row in found], ["A1", None, "A3"], "retrieval by ids")
    base = "/services/data/v62.0/sobjects"
    answer = sf.restful(
        "composite",
        method="POST",
        json={
            "compositeRequest": [
                {"method": "POST", "url": f"{base}/Account", "referenceId": "a", "body": {"Name": "Ref"}},
                {"method": "GET", "url": f"{base}/Account/@{{a.id}}?fields=Name", "referenceId": "b"},
            ]
        },
    )
    statuses = [part["httpStatusCode"] for part in answer["compositeResponse"]]
    sandbox.equal(statuses, [201, 200], "composite")
    sandbox.equal(answer["compositeResponse"][1]["body"]["Name"], "Ref", "reference")
    gone = sf.restful("composite/sobjects", method="DELETE", params={"ids": ",".join([ids[0], ids[2]])})
    sandbox.equal([row["success"] for row in gone], [True, True], "deletion of a collection")
    feed = sf.Account.deleted(*days())
    sandbox.true({ids[0], ids[2]} <= {row["id"] for row in feed["deletedRecords"]}, "feed of deletions")
    sandbox.true(sf.Account.updated(*days())["ids"], "feed of changes")


def days():
    """The sandbox's first two days."""
    import datetime

    start = datetime.datetime(2026, 11, 2, tzinfo=datetime.timezone.utc)
    return start, start + datetime.timedelta(days=2)


def bulk(sandbox, sf):
    soql = "SELECT Id, Name, Amount, CloseDate, CreatedDate, IsClosed, Account.Name FROM Opportunity ORDER BY Id"
    sets = list(sf.bulk2.Opportunity.query(soql, max_records=100, wait=0.05))
    count = sf.query("SELECT COUNT() FROM Opportunity")["totalSize"]
    sandbox.equal(len(sets), -(-count // 100), "sets of results")
    found = [row for text in sets for row in rows(text)]
    wanted = plain(sf.query_all(soql)["records"])
    sandbox.equal(len(found), count, "rows of all sets")
    for bulk_row, rest_row in zip(found, wanted):
        sandbox.equal(as_text(bulk_row), as_csv(rest_row), "a row by Bulk and by REST")
    error = sandbox.raises(
        exceptions.SalesforceMalformedRequest,
        lambda: list(sf.bulk2.Opportunity.query("SELECT COUNT() FROM Opportunity", wait=0.05)),
        "aggregate",
    )
    sandbox.equal(error.content[0]["errorCode"], "API_ERROR", "aggregate")
    ids = {row["Id"] for text in sf.bulk2.Opportunity.query_all("SELECT Id FROM Opportunity", wait=0.05) for row in rows(text)}
    sandbox.true(len(ids) > count, "deleted rows by Bulk")


def as_text(row):
    return {**row, "Amount": float(row["Amount"]) if row["Amount"] else None}


def as_csv(row):
    """A REST record as Bulk writes it."""
    account = row.pop("Account")
    return {
        **row,
        "CreatedDate": row["CreatedDate"].replace("+0000", "Z"),
        "IsClosed": str(row["IsClosed"]).lower(),
        "Account.Name": account["Name"] if account else "",
    }


def ingest(sandbox, sf):
    sandbox.switch(shuffle_results=True)
    records = [{"Name": f"Bulk {n}", "Website": "https://bulk.example"} for n in range(300)]
    records[7]["Name"] = ""
    records[9]["Name"] = "x" * 256
    outcome = sf.bulk2.Account.insert(records=records, wait=0.05)[0]
    sandbox.equal((outcome["numberRecordsProcessed"], outcome["numberRecordsFailed"]), (300, 2), "insert")
    results = sf.bulk2.Account.get_all_ingest_records(outcome["job_id"])
    sandbox.equal(
        [len(results[name]) for name in ["successfulRecords", "failedRecords", "unprocessedRecords"]],
        [298, 2, 0],
        "files of results",
    )
    errors = {row["sf__Error"].split(":")[0] for row in results["failedRecords"]}
    sandbox.equal(errors, {"REQUIRED_FIELD_MISSING", "STRING_TOO_LONG"}, "errors of rows")
    names = [row["Name"] for row in results["successfulRecords"]]
    sandbox.true(names != sorted(names, key=lambda name: int(name.split()[1])), "results out of order")
    ids = {row["Name"]: row["sf__Id"] for row in results["successfulRecords"]}
    changes = [
        {"Id": ids["Bulk 0"], "Website": "#N/A", "Phone": "1"},
        {"Id": ids["Bulk 1"], "Website": "", "Phone": "2"},
    ]
    sandbox.equal(sf.bulk2.Account.update(records=changes, wait=0.05)[0]["numberRecordsFailed"], 0, "update")
    found = sf.query(
        "SELECT Website, Phone FROM Account WHERE Name IN ('Bulk 0', 'Bulk 1') ORDER BY Phone"
    )["records"]
    sandbox.equal(
        [(row["Website"], row["Phone"]) for row in found], [(None, "1"), ("https://bulk.example", "2")], "#N/A"
    )
    deals = [
        {"Referral_Identifier__c": f"bulk-{n}", "Name": "Deal", "StageName": "Prospecting", "CloseDate": "2027-01-01"}
        for n in range(3)
    ]
    for created in ["true", "false"]:
        job = sf.bulk2.Opportunity.upsert(records=deals, external_id_field="Referral_Identifier__c", wait=0.05)[0]
        done = rows(sf.bulk2.Opportunity.get_successful_records(job["job_id"]))
        sandbox.equal([row["sf__Created"] for row in done], [created] * 3, "upsert")
    gone = [{"Id": id} for id in ids.values()]
    sandbox.equal(sf.bulk2.Account.delete(records=gone, wait=0.05)[0]["numberRecordsFailed"], 0, "delete")
    sandbox.switch(bulk_end="failed", bulk_end_after_rows=2)
    error = sandbox.raises(
        exceptions.SalesforceOperationError,
        lambda: sf.bulk2.Account.insert(records=records[:5], wait=0.05),
        "failed job",
    )
    sandbox.true("Job failure" in str(error), "failed job")
    sandbox.equal(sf.query("SELECT COUNT() FROM Account WHERE Name LIKE 'Bulk %'")["totalSize"], 2, "part written")
    sandbox.reset()


def refused(sandbox, sf):
    sandbox.switch(api_used=100000)
    error = sandbox.raises(exceptions.SalesforceRefusedRequest, sf.limits, "quota")
    sandbox.equal(error.content[0]["errorCode"], "REQUEST_LIMIT_EXCEEDED", "quota")
    sandbox.switch(api_used=0)
    sandbox.control("POST", "clock", {"advance_seconds": 7201})
    over = sf.session_id
    sf.limits()
    sandbox.true(sf.session_id != over, "the client signs in again once")
    sandbox.switch(session_refusal="not_for_rest")
    error = sandbox.raises(exceptions.SalesforceExpiredSession, sf.limits, "session that nothing renews")
    sandbox.equal(error.content[0]["errorCode"], "INVALID_SESSION_ID", "session that nothing renews")
    sandbox.reset()


def main():
    sandbox = Sandbox(sys.argv[1])
    started = time.monotonic()
    sf = sign_in(sandbox)
    for step in [read, describe, write, together, bulk, ingest, refused]:
        step(sandbox, sf)
    print(f"simple-salesforce: {sandbox.checks} checks in {time.monotonic() - started:.1f} s")


main()
