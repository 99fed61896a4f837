package import Model
package import Wire

/// Asks an org what the fields of its objects are.
package struct OrgLook {
  private let client: SalesforceClient

  /// A look through a client.
  package init(_ client: SalesforceClient) {
    self.client = client
  }

  /// The fields of these objects.
  ///
  /// An object that the org does not have, and that is `optional`, is left out.
  ///
  /// - Throws: `Failure`, with `permissionRefused` where the user may not see an object.
  package func fields(of objects: [String], optional: [String] = []) throws(Failure) -> OrgFields {
    var org = OrgFields()
    do throws(ServiceError) {
      for object in objects {
        org.add(object, Self.fields(try client.describe(object)))
      }
      for object in optional {
        do throws(ServiceError) {
          org.add(object, Self.fields(try client.describe(object)))
        } catch  where error.code == .recordGone {
          continue
        }
      }
    } catch {
      throw error.failure
    }
    return org
  }

  /// The fields of a description, as far as a mapping depends on them.
  package static func fields(_ description: ObjectDescription) -> [OrgFields.Field] { description.fields.map(field) }

  private static func field(_ field: ObjectDescription.Field) -> OrgFields.Field {
    OrgFields.Field(
      field.name, label: field.label, kind: kind(field.type), length: field.length,
      access: OrgFields.Field.Access(
        isCreateable: field.isCreateable, isUpdateable: field.isUpdateable, isRequired: field.isRequiredOnCreate),
      isRestricted: field.isRestrictedPicklist,
      values: field.choices.map { OrgFields.Choice(value: $0.value, label: $0.label) })
  }

  private static func kind(_ type: String) -> OrgFields.Field.Kind {
    switch type.lowercased() {
    case "string", "textarea", "email", "phone", "url", "id", "encryptedstring": .text
    case "double", "currency", "percent", "int", "long": .number
    case "date": .date
    case "datetime": .dateTime
    case "boolean": .boolean
    case "picklist", "multipicklist", "combobox": .picklist
    case "reference": .reference
    case _: .other
    }
  }

  /// The stages of opportunities, in the order of the org.
  ///
  /// - Throws: `Failure`.
  package func stages() throws(Failure) -> [OrgFields.Stage] {
    var stages: [OrgFields.Stage] = []
    do throws(ServiceError) {
      let columns = ["MasterLabel", "IsActive", "IsClosed", "IsWon"]
      var reading = try client.begin(RecordQuery("OpportunityStage", columns: columns))
      defer { reading.abandon() }
      while let rows = try reading.next() {
        for row in rows {
          let flags = row.dropFirst().map { $0 == "true" }
          stages.append(OrgFields.Stage(row[0], isActive: flags[0], isClosed: flags[1], isWon: flags[2]))
        }
      }
    } catch {
      throw error.failure
    }
    return stages
  }
}
