"""Drives an unmodified aiosalesforce, which is asynchronous and strict about types, against the sandbox.

The one thing put in its way is a transport that carries its https addresses to loopback.
"""

import asyncio
import sys
import tempfile
import time

import httpx
from aiosalesforce import Salesforce
from aiosalesforce.auth import ClientCredentialsFlow, JwtBearerFlow
from aiosalesforce.exceptions import (
    DuplicatesDetectedError,
    MoreThanOneRecordError,
    NotFoundError,
    SalesforceError,
)

from sandbox import Sandbox


class Loopback(httpx.AsyncHTTPTransport):
    """Sends every https request to the sandbox."""

    def __init__(self, origin):
        super().__init__()
        self.origin = httpx.URL(origin)

    async def handle_async_request(self, request):
        request.url = request.url.copy_with(
            scheme=self.origin.scheme, host=self.origin.host, port=self.origin.port
        )
        request.headers["Host"] = f"{self.origin.host}:{self.origin.port}"
        return await super().handle_async_request(request)


async def failure(sandbox, kind, call, what):
    """The error of a kind that a call must end in."""
    sandbox.checks += 1
    try:
        await call
    except kind as error:
        return error
    sys.exit(f"FAILED: {what}: no {kind.__name__}")


async def all_of(iterator):
    return [item async for item in iterator]


def ways(sandbox):
    told = sandbox.salesforce
    key = tempfile.NamedTemporaryFile("w", suffix=".pem")
    key.write(told["private_key_pem"])
    key.flush()
    yield JwtBearerFlow(told["client_id"], told["username"], key.name)
    yield ClientCredentialsFlow(told["client_id"], told["client_secret"])


async def read(sandbox, client):
    sandbox.switch(page_size=100)
    records = await all_of(client.query("SELECT Id, Account.Name FROM Opportunity ORDER BY Id"))
    sandbox.equal(len(records), 450, "rows over all pages")
    sandbox.reset()
    limits = await client.get_limits()
    sandbox.true(limits["DailyApiRequests"]["Remaining"] > 0, "limits")
    error = await failure(sandbox, SalesforceError, all_of(client.query("SELECT Nope FROM Account")), "field")
    sandbox.equal(error.error_code, "INVALID_FIELD", "unknown field")


async def write(sandbox, client):
    account = await client.sobject.create("Account", {"Name": "Strict"})
    await client.sobject.update("Account", account, {"Phone": "1"})
    sandbox.equal((await client.sobject.get("Account", account))["Phone"], "1", "update")
    deal = {"Name": "Deal", "StageName": "Prospecting", "CloseDate": "2027-01-31"}
    for created in [True, False]:
        outcome = await client.sobject.upsert("Opportunity", "strict-1", "Referral_Identifier__c", deal)
        sandbox.equal(outcome.created, created, "upsert")
    await client.sobject.create("Opportunity", {**deal, "Referral_Identifier__c": "strict-1"})
    await failure(
        sandbox,
        MoreThanOneRecordError,
        client.sobject.upsert("Opportunity", "strict-1", "Referral_Identifier__c", deal),
        "two matches",
    )
    sandbox.switch(duplicate_rules=[{"object": "Account", "field": "Name"}])
    error = await failure(
        sandbox, DuplicatesDetectedError, client.sobject.create("Account", {"Name": "Strict"}), "duplicate"
    )
    sandbox.equal([row["id"] for row in error.duplicates], [account], "rows found")
    sandbox.reset()
    await client.sobject.delete("Account", account)
    await failure(sandbox, NotFoundError, client.sobject.get("Account", account), "deleted row")


async def together(sandbox, client):
    async with client.composite(all_or_none=False) as composite:
        made = composite.sobject.create("Account", {"Name": "Composite"})
        read = composite.sobject.get("Account", str(made.reference.id))
        lost = composite.sobject.create("Account", {})
    sandbox.equal((made.status_code, read.record["Name"], lost.status_code), (201, "Composite", 400), "composite")
    async with client.composite.batch(halt_on_error=True) as batch:
        query = batch.query("SELECT Id FROM Account LIMIT 2")
        bad = batch.sobject.create("Account", {})
        halted = batch.sobject.create("Account", {"Name": "never"})
    sandbox.equal((query.status_code, len(query.records)), (200, 2), "batch")
    sandbox.equal((bad.status_code, halted.status_code), (400, 412), "halted batch")


async def ingest(sandbox, client):
    sandbox.switch(bulk_polls=0)
    records = [{"Name": f"Strict {n}" if n != 4 else None, "Website": "w,\"x\"\ny"} for n in range(10)]
    result = await client.bulk_v2.insert("Account", records)
    sandbox.equal(
        (len(result.successful_results), len(result.failed_results), len(result.unprocessed_records)),
        (9, 1, 0),
        "files of results",
    )
    sandbox.equal(result.failed_results[0]["sf__Error"].split(":")[0], "REQUIRED_FIELD_MISSING", "failed row")
    sandbox.equal([job.state for job in result.jobs], ["JobComplete"], "state")


async def main():
    sandbox = Sandbox(sys.argv[1])
    started = time.monotonic()
    for auth in ways(sandbox):
        async with httpx.AsyncClient(transport=Loopback(sandbox.origin)) as http:
            client = Salesforce(http, "https://acme.my.salesforce.com", auth, version="62.0")
            counted = await all_of(client.query("SELECT COUNT(Id) n FROM Account"))
            sandbox.true(counted[0]["n"] > 0, "sign-in")
    async with httpx.AsyncClient(transport=Loopback(sandbox.origin)) as http:
        client = Salesforce(http, "https://acme.my.salesforce.com", auth, version="62.0")
        for step in [read, write, together, ingest]:
            await step(sandbox, client)
    print(f"aiosalesforce: {sandbox.checks} checks in {time.monotonic() - started:.1f} s")


asyncio.run(main())
