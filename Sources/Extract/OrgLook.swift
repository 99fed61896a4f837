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
        org.add(object, try client.describe(object).fields.map(Self.field))
      }
      for object in optional {
        do throws(ServiceError) {
          org.add(object, try client.describe(object).fields.map(Self.field))
        } catch  where error.code == .recordGone {
          continue
        }
      }
    } catch {
      throw error.failure
    }
    return org
  }

  private static func field(_ field: ObjectDescription.Field) -> OrgFields.Field {
    OrgFields.Field(
      field.name, isRestricted: field.isRestrictedPicklist,
      values: field.choices.map { OrgFields.Choice(value: $0.value, label: $0.label) })
  }
}
