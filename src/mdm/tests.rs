//! Tables: variable, class, verdict; product after product.

use super::*;

#[test]
fn variables_are_known_by_their_shape() {
    let cases: &[(&str, &[&str])] = &[
        ("$EMAIL", &["$EMAIL"]),
        ("%email%", &["%email%"]),
        ("%Username%@corp.example", &["%Username%"]),
        ("{{mail}}", &["{{mail}}"]),
        ("{{ imap.host }}", &["{{ imap.host }}"]),
        ("{{.User \"emails_primary\"}}", &["{{.User \"emails_primary\"}}"]),
        ("{EmailAddress}", &["{EmailAddress}"]),
        ("{EmailUserName}@{EmailDomain}", &["{EmailUserName}", "{EmailDomain}"]),
        ("%FirstName%.%LastName%@example.jp", &["%FirstName%", "%LastName%"]),
        ("${userEmailAddress}", &["${userEmailAddress}"]),
        ("${user.mail ['none']}", &["${user.mail ['none']}"]),
        ("$EMAIL$", &["$EMAIL$"]),
        ("$emailaddress$", &["$emailaddress$"]),
        ("$email", &["$email"]),
        ("%_EMAILADDRESS_%", &["%_EMAILADDRESS_%"]),
        ("%_DEVPROP(IMEI)_%", &["%_DEVPROP(IMEI)_%"]),
        ("taro@example.jp", &[]),
        ("taro%example.jp", &[]),
        ("taro%40example%2Ejp", &[]),
        ("100% sure, 50% off", &[]),
        ("pa$$word", &[]),
        ("pa$sw$rd", &[]),
        ("a{1}", &[]),
        ("{01234567-89AB-CDEF-0123-456789ABCDEF}", &[]),
        ("価格は$100、{株}", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<&str> = placeholders(text).iter().map(|found| found.text).collect();
        assert_eq!(&found, expected, "{text}");
    }
}

/// Product, variable, what it comes to without knowing the product, whether the product has it or may have it.
const KNOWN: &[(&str, &str, Option<Class>, bool)] = &[
    ("addigy", "{{.User \"emails_primary\"}}", Some(Class::Address(Of::Mail)), true),
    ("addigy", "{{.User \"user_name\"}}", Some(Class::Login), true),
    ("addigy", "{{.User \"name_formatted\"}}", Some(Class::Name), true),
    ("addigy", "{{.User \"shoe_size\"}}", None, true),
    ("addigy", "{{mail}}", Some(Class::Address(Of::Mail)), false),
    ("capainstaller", "$Email$", Some(Class::Address(Of::Mail)), true),
    ("citrix", "${user.mail}", Some(Class::Address(Of::Mail)), true),
    ("citrix", "${user.userprincipalname}", Some(Class::Address(Of::SignIn)), true),
    ("citrix", "${custom.host}", None, true),
    ("citrix", "$user.mail", Some(Class::Address(Of::Mail)), true),
    ("citrix", "$user.userprincipalname", Some(Class::Address(Of::SignIn)), true),
    ("citrix", "$EMAIL", Some(Class::Address(Of::Mail)), false),
    ("fleet", "$FLEET_VAR_HOST_END_USER_EMAIL_IDP", Some(Class::Address(Of::Mail)), true),
    ("fleet", "${FLEET_VAR_HOST_END_USER_IDP_USERNAME_LOCAL_PART}", Some(Class::LocalPart(Of::SignIn)), true),
    ("fleet", "$FLEET_SECRET_MAIL", Some(Class::Other), true),
    ("fleet", "$FLEET_VAR_HOST_EMAIL", None, false),
    ("fleet", "$EMAIL", Some(Class::Address(Of::Mail)), false),
    ("hexnode", "%email%", Some(Class::Address(Of::Mail)), true),
    ("hexnode", "%anything%", None, true),
    ("intune", "{{mail}}", Some(Class::Address(Of::Mail)), true),
    ("intune", "{{UserPrincipalName}}", Some(Class::Address(Of::SignIn)), true),
    ("intune", "{{PartialUPN}}", Some(Class::LocalPart(Of::SignIn)), true),
    ("intune", "{{somethingNew}}", None, true),
    ("intune", "$EMAIL", Some(Class::Address(Of::Mail)), false),
    ("ivanti-epmm", "$EMAIL$", Some(Class::Address(Of::Mail)), true),
    ("ivanti-epmm", "$PASSWORD$", Some(Class::Secret), true),
    ("ivanti-epmm", "$USER_CUSTOM1$", None, true),
    ("ivanti-epmm", "%EMAIL%", Some(Class::Address(Of::Mail)), false),
    ("ivanti-neurons", "${userEmailAddressLocalPart}", Some(Class::LocalPart(Of::Mail)), true),
    ("jamf", "$EMAIL", Some(Class::Address(Of::Mail)), true),
    ("jamf", "$USERNAME", Some(Class::Login), true),
    ("jamf", "$FULLNAME", Some(Class::Name), true),
    ("jamf", "$EXTENSIONATTRIBUTE_12", Some(Class::Other), true),
    ("jamf", "$email", Some(Class::Address(Of::Mail)), false),
    ("jamf", "$EMAIL_PREFIX", Some(Class::LocalPart(Of::Mail)), false),
    ("jamf", "%Email%", Some(Class::Address(Of::Mail)), false),
    ("jamf-school", "%Email%", Some(Class::Address(Of::Mail)), true),
    ("jamf-school", "%ManagedAppleId%", Some(Class::Address(Of::SignIn)), true),
    ("jamf-school", "%Password%", Some(Class::Secret), true),
    ("kandji", "$EMAIL_PREFIX", Some(Class::LocalPart(Of::Mail)), true),
    ("kandji", "$FULLNAME", Some(Class::Name), false),
    ("kandji", "$PROFILE_UUID", Some(Class::Other), true),
    ("maas360", "%upn%", Some(Class::Address(Of::SignIn)), true),
    ("manageengine", "%email%", Some(Class::Address(Of::Mail)), true),
    ("meraki", "$OWNEREMAIL", Some(Class::Address(Of::Mail)), true),
    ("mosyle", "%Email%", Some(Class::Address(Of::Mail)), true),
    ("other", "[[email]]", None, false),
    ("other", "{{ anything }}", None, true),
    ("profile-manager", "%short_name%", Some(Class::Login), true),
    ("securepoint", "$emailaddress$", Some(Class::Address(Of::Mail)), true),
    ("securepoint", "%device_email%", Some(Class::Address(Of::Mail)), true),
    ("simplemdm", "{{email}}", Some(Class::Address(Of::Mail)), true),
    ("sophos", "%_EMAILADDRESS_%", Some(Class::Address(Of::Mail)), true),
    ("sophos", "%_CUSTPROP(mail)_%", Some(Class::Other), true),
    ("sophos", "%EMAILADDRESS%", Some(Class::Address(Of::Mail)), false),
    ("workspace-one", "{EmailAddress}", Some(Class::Address(Of::Mail)), true),
    ("workspace-one", "{EmailUserName}", Some(Class::Login), true),
    ("workspace-one", "{EmailDomain}", Some(Class::Domain(Of::Mail)), true),
    ("workspace-one", "{EmailPassword}", Some(Class::Secret), true),
    ("workspace-one", "{Email}", Some(Class::Address(Of::Mail)), false),
];

#[test]
fn every_product_knows_its_own_variables() {
    let mut met = std::collections::BTreeSet::new();
    for (id, text, class, is_known) in KNOWN {
        let product = Product::named(id).unwrap();
        met.insert(*id);
        let found = sole_placeholder(text);
        assert_eq!(found.and_then(|found| found.class()), *class, "{text}");
        assert_eq!(found.is_some_and(|found| product.knows(&found)), *is_known, "{id} {text}");
    }
    let all = PRODUCTS.iter().map(|product| product.id).collect();
    assert_eq!(met, all, "each product is tried");
}

#[test]
fn every_variable_of_every_product_is_found_in_its_signs() {
    for product in PRODUCTS {
        for (name, class) in product.variables {
            for shape in product.shapes {
                let text = shape.around(name);
                let Some(found) = sole_placeholder(&text) else {
                    assert_eq!(product.id, "other", "{text}");
                    continue;
                };
                assert!(product.knows(&found) || found.shape != *shape, "{} {text}", product.id);
                let told = found.class();
                assert!(told == Some(*class) || told.is_none() || found.shape != *shape, "{text}: {told:?}");
            }
        }
    }
}

#[test]
fn products_are_sorted_and_only_sure_where_a_page_says_so() {
    assert!(PRODUCTS.is_sorted_by_key(|product| product.id));
    for product in PRODUCTS {
        assert!(!product.source.is_empty() || product.sureness == Sureness::ShapeOnly, "{}", product.id);
        assert!(!product.is_complete || product.sureness != Sureness::ShapeOnly, "{}", product.id);
        assert!(!product.shapes.is_empty(), "{}", product.id);
    }
}

#[test]
fn what_was_meant_is_told_in_the_products_own_way() {
    for (id, text, meant, is_slip) in [
        ("jamf", "$EMIAL", Some("$EMAIL"), true),
        ("jamf", "$email", Some("$EMAIL"), true),
        ("jamf", "%Email%", Some("$EMAIL"), true),
        ("jamf", "{{mail}}", Some("$EMAIL"), true),
        ("jamf", "$FULL_NAME", Some("$FULLNAME"), true),
        ("jamf", "$SHOESIZE", None, false),
        ("kandji", "$FULLNAME", Some("$FULL_NAME"), true),
        ("workspace-one", "{Email}", Some("{EmailAddress}"), false),
        ("sophos", "%EMAILADDRESS%", Some("%_EMAILADDRESS_%"), true),
        ("ivanti-epmm", "$EMIAL$", Some("$EMAIL$"), true),
        ("simplemdm", "$EMAIL", None, false),
    ] {
        let product = Product::named(id).unwrap();
        let found = sole_placeholder(text).unwrap();
        assert_eq!(product.meant(&found).as_deref(), meant, "{id} {text}");
        assert_eq!(product.is_slip(&found), is_slip, "{id} {text}");
    }
}

#[test]
fn composites_come_to_a_value_of_the_same_form() {
    for (text, value) in [
        ("$EMAIL", Some("emaillocalpart@emaildomain.placeholder")),
        ("{{userprincipalname}}", Some("loginlocalpart@logindomain.placeholder")),
        ("{{partialupn}}", Some("loginlocalpart")),
        ("$EMAIL_PREFIX@example.jp", Some("emaillocalpart@example.jp")),
        ("{EmailUserName}@{EmailDomain}", Some("variablelocalpart@emaildomain.placeholder")),
        ("$USERNAME@example.jp", Some("variablelocalpart@example.jp")),
        ("%FirstName%.%LastName%@example.jp", Some("variablelocalpart.variablelocalpart@example.jp")),
        ("mac-%SerialNumber%@example.jp", Some("mac-variablelocalpart@example.jp")),
        (" $EMAIL ", Some(" emaillocalpart@emaildomain.placeholder ")),
        ("$FULLNAME", Some("姓名")),
        ("$USERNAME", None),
        ("%FirstName%.%LastName%", None),
        ("taro@$SITENAME", None),
        ("$USERNAME@", None),
        ("taro@example.jp", None),
    ] {
        assert_eq!(evaluate(text).map(|evaluated| evaluated.value).as_deref(), value, "{text}");
    }
}

#[test]
fn products_that_have_all_variables_of_a_file_are_named() {
    let ids = |texts: &[&str]| candidates(texts).iter().map(|product| product.id).collect::<Vec<_>>();
    assert_eq!(ids(&["$EMAIL", "$EXTENSIONATTRIBUTE_3"]), ["jamf"]);
    assert_eq!(ids(&["$EMAIL", "$FULL_NAME"]), ["kandji"]);
    assert_eq!(ids(&["{{mail}}", "{{userprincipalname}}"]), ["intune"]);
    assert_eq!(ids(&["{EmailUserName}"]), ["workspace-one"]);
    assert_eq!(ids(&["$EMAIL", "{{mail}}"]), [""; 0]);
    assert_eq!(ids(&["PRIMARY_HOSTNAME"]), [""; 0]);
}

#[test]
fn a_slip_in_the_name_of_a_product_is_understood() {
    for (typed, meant) in [("jmf", Some("jamf")), ("Intune", Some("intune")), ("kanji", Some("kandji")), ("sap", None)]
    {
        assert_eq!(Product::nearest_id(typed), meant, "{typed}");
    }
}
