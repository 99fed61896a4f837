// Generated from mappings/README.md; StartersTests says how.

extension Starters {
  static let readme = #"""
    # Mappings\#n\#n\#
    These files say *what* is reconciled. They are CSV in UTF-8 with a header row. The order of columns is free, \#
    the case of\#n\#
    header names does not matter, and a line that begins with `#` is a comment. A file that is missing here is \#
    replaced by the\#n\#
    one that `reconcile init` writes. `reconcile mappings check` reports every mistake at once, as\#n\#
    `mappings/fields.csv:12:4: unknown direction "allways"; did you mean "always"?`: file, line, and the cell \#
    within the row\#n(as in a spreadsheet: cell 4 is column D).\#n\#n## settings.csv\#n\#n| column | meaning |\#n\#
    |---|---|\#n| `setting` | the name; the description column explains each |\#n\#
    | `default_value` | what is used when `current_value` is empty; editing it is an error |\#n\#
    | `current_value` | your value |\#n| `description` | for the reader |\#n\#n## fields.csv\#n\#n\#
    One row a mapped field. The rows that come with the tool must stay: to switch one off, set both directions to \#
    `never`.\#n\#n| column | meaning |\#n|---|---|\#n| `field` | the label, as reports show it |\#n\#
    | `referral_path` | dotted path in the referral. Of several, parted by `\|`, the first that has a text is \#
    read and the first is written |\#n\#
    | `salesforce_field` | `Opportunity.`, `Account.` or `Owner.` and the API name, not the label; \#
    `ContentNote.Content` for notes; empty: not mapped |\#n\#
    | `to_salesforce` | `always`; `create`: only when the record is created; `never`; `raise`: only from off to \#
    on |\#n\#
    | `to_partner_center` | likewise. What Partner Center locks after creation takes `create`, what it cannot \#
    take back `raise` |\#n\#
    | `transform` | `text`, `decimal`, `date`, `boolean`, `country` (two-letter code), `currency` (ISO 4217), \#
    `map:FILE` |\#n\#
    | `on_conflict` | both sides changed: `hold` for a person, `partner_center` wins, `salesforce` wins, `newest` \#
    wins |\#n\#
    | `on_empty` | one side was emptied: `keep` the other side's value, `clear` it as well, `refuse` and report \#
    |\#n| `note` | for the reader |\#n\#n\#
    Empty cells: `transform` is `text`, `on_conflict` is `hold`, `on_empty` is `keep`. `Owner` fields, and ids, \#
    can only be read.\#n\#n## stages.csv\#n\#n| column | meaning |\#n|---|---|\#n\#
    | `status`, `substatus` | of the referral |\#n\#
    | `salesforce_stage` | name of the stage, or `@` and the name of a setting that holds it |\#n\#
    | `to_salesforce` | `always`: this stage is set for this status; one row a status. `never` |\#n\#
    | `to_partner_center` | `always`: this stage means this status. `never` |\#n\#n\#
    A stage belongs to one status. Expired, and a sub-status that the tool does not know, cannot be written to \#
    Partner Center.\#n\#n## defaults.csv\#n\#n| column | meaning |\#n|---|---|\#n\#
    | `object` | `Opportunity`, `Account`, `Contact` or `Lead` |\#n| `field` | API name |\#n\#
    | `value` | what a new record gets when Partner Center gives nothing |\#n\#n## values/*.csv\#n\#n\#
    | column | meaning |\#n|---|---|\#n| `partner_center` | the value there |\#n\#
    | `salesforce` | the value here; empty: the other side's value counts as no value |\#n\#n\#
    Case does not matter. Salesforce's side may not name a value twice, nor Partner Center's where it is written \#
    back. `countries.csv` is special: a code may have several names, the\#n\#
    first is its name, and the transform `country` reads them all.\#n
    """#
}
