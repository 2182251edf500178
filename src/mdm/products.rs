//! The products, one after the other, and the variables of each. A test holds `docs/mdm.md` to this table.

use super::Class::{Address, Domain, LocalPart, Login, Name, Other, Secret};
use super::Of::{Mail, SignIn};
use super::Shape::{Brace, Braces, Dollar, DollarBrace, Dollars, Field, Percent, Underscored};
use super::Sureness::{Documented, Reported, ShapeOnly};
use super::{Class, Product, Shape, Sureness};

type Variables = &'static [(&'static str, Class)];

const fn product(
    (id, title): (&'static str, &'static str),
    shapes: &'static [Shape],
    variables: Variables,
    (sureness, source): (Sureness, &'static str),
) -> Product {
    Product {
        id,
        title,
        shapes,
        is_case_sensitive: false,
        variables,
        families: &[],
        is_complete: false,
        sureness,
        source,
    }
}

impl Product {
    /// Capitals count.
    const fn exact(self) -> Self {
        Self { is_case_sensitive: true, ..self }
    }

    /// There are no other variables, but for names that begin like this.
    const fn complete(self, families: &'static [&'static str]) -> Self {
        Self { families, is_complete: true, ..self }
    }
}

/// Every product, in alphabetical order.
pub const PRODUCTS: &[Product] = &[
    product(("addigy", "Addigy"), &[Field], ADDIGY, (Documented, ADDIGY_PAGE)),
    product(
        ("capainstaller", "CapaInstaller"),
        &[Dollars],
        &[("Email", Address(Mail))],
        (Documented, "CapaInstaller documentation, Profile Editor"),
    ),
    product(
        ("citrix", "Citrix Endpoint Management"),
        &[DollarBrace],
        CITRIX,
        (Documented, "https://docs.citrix.com/zh-tw/xenmobile/10-1/macros-in-xenmobile.html"),
    ),
    product(
        ("fleet", "Fleet"),
        &[Dollar, DollarBrace],
        FLEET,
        (Documented, "Fleet documentation, configuration profile variables"),
    )
    .complete(&[
        "FLEET_SECRET_",
        "FLEET_VAR_NDES_",
        "FLEET_VAR_DIGICERT_",
        "FLEET_VAR_CUSTOM_",
        "FLEET_VAR_SMALLSTEP_",
    ]),
    product(("hexnode", "Hexnode UEM"), &[Percent], COMMON_PERCENT, (ShapeOnly, "")),
    product(("intune", "Microsoft Intune"), &[Braces], INTUNE, (ShapeOnly, "")),
    product(("ivanti-epmm", "Ivanti EPMM (MobileIron)"), &[Dollars], IVANTI_EPMM, (Documented, IVANTI_PAGE)),
    product(("ivanti-neurons", "Ivanti Neurons for MDM"), &[DollarBrace], IVANTI_NEURONS, (Documented, IVANTI_PAGE)),
    product(
        ("jamf", "Jamf Pro"),
        &[Dollar],
        JAMF,
        (Reported, "https://gist.github.com/rtrouton/8e0e369605d0256afebd5da4afdca4f3"),
    )
    .exact()
    .complete(&["EXTENSIONATTRIBUTE_"]),
    product(
        ("jamf-school", "Jamf School"),
        &[Percent],
        JAMF_SCHOOL,
        (Documented, "docs.jamf.com, Jamf School, Payload Variables"),
    )
    .complete(&["FullName,", "FirstName,", "LastName,"]),
    product(("kandji", "Kandji (Iru)"), &[Dollar], KANDJI, (Documented, KANDJI_PAGE))
        .exact()
        .complete(&["BLUEPRINT_", "MODEL_"]),
    product(
        ("maas360", "IBM MaaS360"),
        &[Percent],
        MAAS360,
        (Documented, "https://www.ibm.com/docs/en/SS8H2S/com.ibm.mc.doc/pag_source/concepts/default_attributes.htm"),
    ),
    product(("manageengine", "ManageEngine MDM"), &[Percent], MANAGEENGINE, (Documented, MANAGEENGINE_PAGE)),
    product(("meraki", "Cisco Meraki Systems Manager"), &[Dollar], MERAKI, (ShapeOnly, "")),
    product(("mosyle", "Mosyle"), &[Percent], MOSYLE, (ShapeOnly, "")),
    product(("other", "Other systems"), Shape::ALL, GENERIC, (ShapeOnly, "")),
    product(("profile-manager", "Apple Profile Manager"), &[Percent], PROFILE_MANAGER, (ShapeOnly, "")),
    product(
        ("securepoint", "Securepoint Mobile Security"),
        &[Dollars, Percent],
        SECUREPOINT,
        (Documented, "wiki.securepoint.de, Mobile Security"),
    ),
    product(("simplemdm", "SimpleMDM"), &[Braces], &[], (ShapeOnly, "")),
    product(
        ("sophos", "Sophos Mobile"),
        &[Underscored],
        &[("EMAILADDRESS", Address(Mail)), ("USERNAME", Login)],
        (Documented, "https://doc.sophos.com/central/Mobile/help_ixm/en-us/AdminHelp/Policies/Placeholders/"),
    )
    .complete(&["DEVPROP(", "CUSTPROP("]),
    product(
        ("workspace-one", "Workspace ONE UEM (AirWatch)"),
        &[Brace],
        WORKSPACE_ONE,
        (Reported, "https://gist.github.com/synic/fc7a219f229ef1df7748b8564a2fbcf1"),
    )
    .complete(&["CustomAttribute", "DeviceCustomAttribute", "Device", "Enrollment", "Application", "Group"]),
];

const ADDIGY_PAGE: &str = "https://support.addigy.com/hc/en-us/articles/49233526494739-Using-End-User-Attributes-as-Variables-in-MDM-Profiles";
const IVANTI_PAGE: &str =
    "https://help.ivanti.com/mi/help/en_US/EML/4.x.x/gda/EmailPlusAndroidGuide/App_restrictions_descrip.htm";
const KANDJI_PAGE: &str =
    "https://raw.githubusercontent.com/kandji-inc/support/main/Global%20Variables/Global%20Variables.mobileconfig";
const MANAGEENGINE_PAGE: &str =
    "https://www.manageengine.com/mobile-device-management/help/api/cloud/android-add-email-payload-android.md";

const ADDIGY: Variables = &[
    ("emails_primary", Address(Mail)),
    ("user_name", Login),
    ("name_formatted", Name),
    ("display_name", Name),
    ("name_family_name", Other),
    ("name_given_name", Other),
    ("nick_name", Other),
    ("id", Other),
    ("external_id", Other),
    ("title", Other),
    ("user_type", Other),
    ("preferred_language", Other),
    ("locale", Other),
    ("timezone", Other),
    ("active", Other),
];

const CITRIX: Variables = &[
    ("user.mail", Address(Mail)),
    ("user.userprincipalname", Address(SignIn)),
    ("user.loginname", Address(SignIn)),
    ("user.username", Login),
    ("user.samaccountname", Login),
    ("user.displayname", Name),
    ("user.domainname", Other),
];

const FLEET: Variables = &[
    ("FLEET_VAR_HOST_END_USER_EMAIL_IDP", Address(Mail)),
    ("FLEET_VAR_HOST_END_USER_IDP_USERNAME", Login),
    ("FLEET_VAR_HOST_END_USER_IDP_USERNAME_LOCAL_PART", LocalPart(SignIn)),
    ("FLEET_VAR_HOST_END_USER_IDP_FULL_NAME", Name),
    ("FLEET_VAR_HOST_END_USER_IDP_GROUPS", Other),
    ("FLEET_VAR_HOST_END_USER_IDP_DEPARTMENT", Other),
    ("FLEET_VAR_HOST_HARDWARE_SERIAL", Other),
    ("FLEET_VAR_HOST_UUID", Other),
];

const INTUNE: Variables = &[
    ("mail", Address(Mail)),
    ("userprincipalname", Address(SignIn)),
    ("partialupn", LocalPart(SignIn)),
    ("username", Login),
    ("userid", Other),
    ("deviceid", Other),
    ("accountid", Other),
    ("serialnumber", Other),
];

const IVANTI_EPMM: Variables = &[
    ("EMAIL", Address(Mail)),
    ("USERID", Login),
    ("PASSWORD", Secret),
    ("DISPLAY_NAME", Name),
    ("FIRST_NAME", Other),
    ("LAST_NAME", Other),
    ("NULL", Other),
];

const IVANTI_NEURONS: Variables =
    &[("userEmailAddress", Address(Mail)), ("userEmailAddressLocalPart", LocalPart(Mail))];

const JAMF: Variables = &[
    ("EMAIL", Address(Mail)),
    ("USERNAME", Login),
    ("FULLNAME", Name),
    ("REALNAME", Name),
    ("MANAGEMENTID", Other),
    ("SERIALNUMBER", Other),
    ("UDID", Other),
    ("JSSID", Other),
    ("PROFILEJSSID", Other),
    ("ROOM", Other),
    ("POSITION", Other),
    ("PHONE", Other),
    ("DEPARTMENTNAME", Other),
    ("DEPARTMENTID", Other),
    ("BUILDINGNAME", Other),
    ("BUILDINGID", Other),
    ("SITENAME", Other),
    ("SITEID", Other),
    ("COMPUTERNAME", Other),
    ("DEVICENAME", Other),
    ("MACADDRESS", Other),
];

const JAMF_SCHOOL: Variables = &[
    ("Email", Address(Mail)),
    ("ManagedAppleId", Address(SignIn)),
    ("Username", Login),
    ("ShortName", Login),
    ("FullName", Name),
    ("FirstName", Other),
    ("LastName", Other),
    ("Password", Secret),
    ("UserId", Other),
    ("SerialNumber", Other),
    ("UDID", Other),
];

const KANDJI: Variables = &[
    ("EMAIL", Address(Mail)),
    ("EMAIL_PREFIX", LocalPart(Mail)),
    ("USERNAME", Login),
    ("USERNAME_PREFIX", Login),
    ("FULL_NAME", Name),
    ("SERIAL_NUMBER", Other),
    ("ASSET_TAG", Other),
    ("UDID", Other),
    ("DEVICE_NAME", Other),
    ("DEVICE_ID", Other),
    ("PROFILE_UUID", Other),
    ("DEPARTMENT", Other),
    ("JOB_TITLE", Other),
];

const MAAS360: Variables = &[
    ("email", Address(Mail)),
    ("upn", Address(SignIn)),
    ("username", Login),
    ("user", Login),
    ("domain", Other),
    ("imei", Other),
];

const MANAGEENGINE: Variables = &[
    ("email", Address(Mail)),
    ("upn", Address(SignIn)),
    ("username", Login),
    ("domainname", Other),
    ("firstname", Other),
    ("middlename", Other),
    ("lastname", Other),
    ("serialnumber", Other),
    ("imei", Other),
];

const MERAKI: Variables = &[("OWNEREMAIL", Address(Mail)), ("OWNERUSERNAME", Login), ("OWNERNAME", Name)];

const MOSYLE: Variables = &[("Email", Address(Mail)), ("UserID", Other), ("FullName", Name)];

const COMMON_PERCENT: Variables = &[("email", Address(Mail)), ("username", Login), ("name", Name)];

const PROFILE_MANAGER: Variables = &[
    ("email", Address(Mail)),
    ("short_name", Login),
    ("full_name", Name),
    ("first_name", Other),
    ("last_name", Other),
    ("job_title", Other),
    ("guid", Other),
    ("SerialNumber", Other),
];

const SECUREPOINT: Variables = &[
    ("emailaddress", Address(Mail)),
    ("device_email", Address(Mail)),
    ("username", Login),
    ("name", Name),
    ("firstname", Other),
    ("lastname", Other),
];

const WORKSPACE_ONE: Variables = &[
    ("EmailAddress", Address(Mail)),
    ("UserPrincipalName", Address(SignIn)),
    ("EmailUserName", Login),
    ("EmailDomain", Domain(Mail)),
    ("EnrollmentUser", Login),
    ("EnrollmentUserId", Other),
    ("EmailPassword", Secret),
    ("FirstName", Other),
    ("LastName", Other),
    ("DeviceSerialNumber", Other),
    ("DeviceUid", Other),
    ("DeviceFriendlyName", Other),
    ("DeviceModel", Other),
    ("GroupIdentifier", Other),
    ("ManagementID", Other),
    ("DynamicScepChallenge", Other),
    ("Date", Other),
];

/// What a name says by itself, without what stands between its words. For systems and templates of which nothing is known.
const GENERIC: Variables = &[
    ("email", Address(Mail)),
    ("mail", Address(Mail)),
    ("emailaddress", Address(Mail)),
    ("mailaddress", Address(Mail)),
    ("useremail", Address(Mail)),
    ("upn", Address(SignIn)),
    ("userprincipalname", Address(SignIn)),
    ("localpart", LocalPart(Mail)),
    ("emaillocalpart", LocalPart(Mail)),
    ("emaildomain", Domain(Mail)),
    ("username", Login),
    ("user", Login),
    ("login", Login),
    ("fullname", Name),
    ("realname", Name),
    ("displayname", Name),
    ("password", Secret),
    ("emailpassword", Secret),
];
