"""Drives an unmodified sf-toolkit, which has another HTTP stack and typed fields, against the sandbox.

The one thing put in its way is a transport that carries its https addresses to loopback.
"""

import sys
import time

import httpx
from sf_toolkit import SalesforceClient, SObject
from sf_toolkit.auth.login_oauth import client_credentials_flow_login, public_key_auth_login
from sf_toolkit.data.bulk import BulkApiIngestJob, BulkApiQueryJob
from sf_toolkit.data.fields import (
    CheckboxField,
    DateField,
    DateTimeField,
    IdField,
    NumberField,
    PicklistField,
    TextField,
)
from sf_toolkit.data.query_builder import select
from sf_toolkit.data.sobject import SObjectList
from sf_toolkit.exceptions import SalesforceAuthenticationFailed, SalesforceError
from sf_toolkit.io.api import delete, fetch, save_insert, save_update, sobject_describe

from sandbox import Sandbox


class Loopback(httpx.HTTPTransport):
    """Sends every https request to the sandbox."""

    def __init__(self, origin):
        super().__init__()
        self.origin = httpx.URL(origin)

    def handle_request(self, request):
        request.url = request.url.copy_with(
            scheme=self.origin.scheme, host=self.origin.host, port=self.origin.port
        )
        request.headers["Host"] = f"{self.origin.host}:{self.origin.port}"
        return super().handle_request(request)


class Opportunity(SObject, api_name="Opportunity"):
    Id = IdField()
    Name = TextField()
    StageName = PicklistField()
    Amount = NumberField()
    CloseDate = DateField()
    IsClosed = CheckboxField()
    Description = TextField()
    Referral_Identifier__c = TextField()
    LastModifiedDate = DateTimeField()


class Account(SObject, api_name="Account"):
    Id = IdField()
    Name = TextField()
    Website = TextField()
    Phone = TextField()


FIELDS = [
    "Id",
    "Name",
    "StageName",
    "Amount",
    "CloseDate",
    "IsClosed",
    "Description",
    "Referral_Identifier__c",
    "LastModifiedDate",
]


def connected(sandbox, login):
    return SalesforceClient(login=login, transport=Loopback(sandbox.origin), api_version=62.0)


def logins(sandbox):
    told = sandbox.salesforce
    yield "JWT bearer", public_key_auth_login(
        told["username"], told["client_id"], told["private_key_pem"].encode()
    )
    yield "client credentials", client_credentials_flow_login(
        told["client_id"], told["client_secret"], "acme.my"
    )


def sign_in(sandbox):
    for name, login in logins(sandbox):
        with connected(sandbox, login) as client:
            sandbox.equal(client._userinfo.preferred_username, sandbox.salesforce["username"], name)
            sandbox.true(62.0 in client.versions, "versions")
            limit = client.limits().DailyApiRequests
            sandbox.true(0 < limit.Remaining < limit.Max, "limits")
            sandbox.equal(client.api_usage.api_usage.total, limit.Max, "usage header")
    login = public_key_auth_login(
        "nobody@example.com", sandbox.salesforce["client_id"], sandbox.salesforce["private_key_pem"].encode()
    )
    sandbox.raises(
        SalesforceAuthenticationFailed, lambda: connected(sandbox, login).__enter__(), "unknown user"
    )


def values(record):
    return {name: getattr(record, name, None) for name in FIELDS}


def both_ways(sandbox, client):
    """REST and Bulk reads of one object, row by row and through the client's own types."""
    sandbox.switch(page_size=100, bulk_max_records=60, bulk_polls=3)
    query = select(Opportunity).where("Amount != null")  # its number type cannot read an empty value
    rest = list(query.execute())
    count = query.count()
    sandbox.true(count > 400, "rows to compare")
    sandbox.equal(len(rest), count, "rows by REST")
    job = BulkApiQueryJob.init_job(query, client)
    sandbox.equal(job.state, "UploadComplete", "a new job")
    states = []
    while job.state != "JobComplete":
        states.append(job.refresh().state)
    sandbox.equal(states, ["InProgress", "InProgress", "JobComplete"], "states of a job")
    sandbox.equal(job.numberRecordsProcessed, count, "rows of the job")
    bulk = list(job.result)
    sandbox.equal(len(bulk), count, "rows by Bulk")
    found = {record.Id: values(record) for record in bulk}
    for record in rest:
        wanted = values(record)
        if wanted["Amount"] is not None:
            wanted["Amount"] = float(wanted["Amount"])
            found[record.Id]["Amount"] = float(found[record.Id]["Amount"])
        for row in (wanted, found[record.Id]):
            row["Description"] = row["Description"] or None
            row["Referral_Identifier__c"] = row["Referral_Identifier__c"] or None
            row["Amount"] = row["Amount"] or None
        sandbox.equal(found[record.Id], wanted, "a row by Bulk and by REST")
    parallel(sandbox, client, job, [record.Id for record in bulk])
    sandbox.equal(client.delete(f"{client.data_url}/jobs/query/{job.id}").status_code, 204, "job deleted")
    sandbox.reset()


def parallel(sandbox, client, job, wanted):
    """Sets by `resultPages`, five addresses at a time."""
    found, url = [], f"{client.data_url}/jobs/query/{job.id}/resultPages"
    while url:
        page = client.get(url).json()
        sandbox.true(len(page["resultPages"]) <= 5, "addresses at a time")
        for entry in page["resultPages"]:
            text = client.get(entry["resultUrl"], headers={"Accept": "text/csv"}).text
            found += [line.split('"')[1] for line in text.splitlines() if line.startswith('"006')]
        url = page["nextRecordsUrl"]
        sandbox.equal(page["done"], url is None, "end of the addresses")
    sandbox.equal(found, wanted, "rows by parallel results")


def describe(sandbox, client):
    told = sobject_describe(Opportunity)
    sandbox.equal((told["keyPrefix"], told["createable"]), ("006", True), "describe")
    fields = {field["name"] for field in told["fields"]}
    sandbox.true(set(FIELDS) <= fields, "fields")


def write(sandbox, client):
    account = Account(Name="Typed")
    save_insert(account)
    sandbox.equal(account.Id[:3], "001", "insert")
    account.Phone = "+1"
    save_update(account)
    sandbox.equal(fetch(Account, account.Id).Phone, "+1", "update")
    delete(account)
    error = sandbox.raises(SalesforceError, lambda: fetch(Account, account.Id), "deleted row")
    sandbox.equal(error.status_code, 404, "deleted row")
    sandbox.raises(SalesforceError, lambda: save_insert(Account(Phone="1")), "required field")


def together(sandbox, client):
    records = [{"attributes": {"type": "Account"}, "Name": name} for name in ["T1", None]]
    answer = client.post(client.composite_sobjects_url(), json={"records": records}).json()
    sandbox.equal([row["success"] for row in answer], [True, False], "collection")
    sandbox.equal(answer[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING", "row error")
    graph = {
        "graphs": [
            {
                "graphId": name,
                "compositeRequest": [
                    {
                        "method": "POST",
                        "url": "/services/data/v62.0/sobjects/Account",
                        "referenceId": "a",
                        "body": {"Name": name},
                    },
                    {
                        "method": "POST",
                        "url": "/services/data/v62.0/sobjects/Contact",
                        "referenceId": "c",
                        "body": {"AccountId": "@{a.id}", **contact},
                    },
                ],
            }
            for name, contact in [("g1", {"LastName": "One"}), ("g2", {})]
        ]
    }
    answer = client.post(f"{client.data_url}/composite/graph", json=graph).json()
    sandbox.equal([row["isSuccessful"] for row in answer["graphs"]], [True, False], "graphs")
    tree = {
        "records": [
            {
                "attributes": {"type": "Account", "referenceId": "r1"},
                "Name": "Tree",
                "Contacts": {
                    "records": [{"attributes": {"type": "Contact", "referenceId": "r2"}, "LastName": "Leaf"}]
                },
            }
        ]
    }
    answer = client.post(f"{client.data_url}/composite/tree/Account", json=tree)
    sandbox.equal((answer.status_code, answer.json()["hasErrors"]), (201, False), "tree")


def ingest(sandbox, client):
    rows = SObjectList(Account(Name=f"Typed {n}" if n != 3 else "x" * 300, Website="w") for n in range(20))
    job = BulkApiIngestJob.init_job(Account, "insert", connection=client)
    sandbox.equal(job.state, "Open", "a new job")
    job.upload_batches(rows)
    job.monitor_until_complete(0.05)
    sandbox.equal((job.numberRecordsProcessed, job.numberRecordsFailed), (20, 1), "insert")
    done, failed = job.successful_results(), job.failed_results()
    sandbox.equal((len(done), len(failed), len(job.unprocessed_results())), (19, 1, 0), "files of results")
    sandbox.true(all(row.sf__Created and row.sf__Id.startswith("001") for row in done), "successful rows")
    sandbox.equal((failed[0].sf__Id, failed[0].sf__Error.split(":")[0]), (None, "STRING_TOO_LONG"), "failed row")


def main():
    sandbox = Sandbox(sys.argv[1])
    started = time.monotonic()
    sign_in(sandbox)
    with connected(sandbox, next(logins(sandbox))[1]) as client:
        for step in [both_ways, describe, write, together, ingest]:
            step(sandbox, client)
    print(f"sf-toolkit: {sandbox.checks} checks in {time.monotonic() - started:.1f} s")


main()
