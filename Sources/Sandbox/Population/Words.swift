/// The words from which seeded names are put together.
enum Words {
  static let first = [
    "Alpine", "Northwind", "Tailspin", "Contoso", "Adatum", "Trey", "Wingtip", "Lucerne", "Proseware", "Litware",
    "Woodgrove", "Harbor", "Cedar", "Summit", "Baltic", "Copper", "Granite", "Juniper", "Lakeside", "Meridian",
    "Nimbus", "Orchard", "Polaris", "Quarry", "Ridge", "Saffron", "Tundra", "Umber", "Vista", "Willow",
    "Zephyr", "Amber", "Birch", "Coral", "Delta", "Ember", "Falcon", "Glacier", "Helios", "Indigo",
  ]
  static let second = [
    "Foods", "Traders", "Logistics", "Health", "Energy", "Textiles", "Motors", "Insurance", "Media", "Chemicals",
    "Airlines", "Robotics", "Pharma", "Steel", "Retail", "Farms", "Mining", "Telecom", "Shipping", "Design",
    "Optics", "Paper", "Toys", "Bank", "Hotels", "Glass", "Ceramics", "Rail", "Studios", "Water",
  ]
  static let projects = [
    "data estate migration", "warehouse renewal", "SAP to cloud", "contact centre AI", "zero trust rollout",
    "modern workplace", "factory telemetry", "ERP replacement", "analytics platform", "disaster recovery",
    "app modernisation", "security operations",
  ]
  static let givenNames = [
    "Ana", "Bram", "Chloé", "David", "Elif", "Farid", "Grace", "Hanna", "Ivan", "Jun", "Karin", "Leo", "Marta",
    "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Sven", "Tomás",
  ]
  static let familyNames = [
    "Silva", "de Vries", "Martin", "Cohen", "Yılmaz", "Haddad", "Murphy", "Schmidt", "Petrov", "Sato", "Lindqvist",
    "Moreau", "Kowalska", "O'Neil", "Berg", "Nair", "Dubois", "García", "Olsen", "Costa",
  ]
  static let notes = [
    "Customer replaces its legacy system before the contract ends.", "Budget is approved, decision after the pilot.",
    "Board wants a reference call with a similar customer.", "Competes with an incumbent; price is not the issue.",
    "Pilot in one region first, then rollout.", "Needs data residency in the country.",
  ]
}
