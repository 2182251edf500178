//! What a file is besides its bytes: mode, owner, access list, extended attributes. A replacement takes them over.
//!
//! Unix: owner and group, mode and (Linux) the access list are kept or the file is refused; other extended attributes, up to 64 KiB
//! each, are copied where the system lets us (it sets `security.*` and macOS' `com.apple.provenance` itself).
//!
//! Not here: macOS access lists and file flags; everything on Windows, where a replacement has the access list that its folder gives
//! to new files.

#[cfg(unix)]
pub(super) use unix::{copy, mode, set_mode};

#[cfg(not(unix))]
pub(super) use other::{copy, mode, set_mode};

#[cfg(unix)]
mod unix {
    use std::fs::{File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    /// Permission bits with set-user-ID, set-group-ID and sticky.
    pub(in super::super) fn mode(metadata: &Metadata) -> Option<u32> {
        Some(metadata.mode() & 0o7777)
    }

    pub(in super::super) fn set_mode(file: &File, mode: u32) -> io::Result<()> {
        file.set_permissions(Permissions::from_mode(mode))
    }

    /// Makes `to` like `from`. The owner comes first, because changing it clears bits of the mode; the access list comes last,
    /// because changing the mode changes it.
    pub(in super::super) fn copy(from: &File, to: &File) -> io::Result<()> {
        let (old, new) = (from.metadata()?, to.metadata()?);
        let user = (old.uid() != new.uid()).then_some(old.uid());
        let group = (old.gid() != new.gid()).then_some(old.gid());
        if user.is_some() || group.is_some() {
            std::os::unix::fs::fchown(to, user, group)?;
        }
        #[cfg(any(target_os = "linux", target_os = "android"))]
        super::extended::drop_inherited_list(to)?;
        set_mode(to, old.mode() & 0o7777)?;
        #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
        super::extended::copy(from, to)?;
        Ok(())
    }
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
mod extended {
    use std::fs::File;
    use std::io;

    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    use rustix::io::Errno;

    /// Where Linux keeps the access list of a file (acl(5)).
    const ACCESS_LIST: &[u8] = b"system.posix_acl_access";

    /// What Linux allows for a value and for a list of names (xattr(7)).
    const LARGEST: usize = 65_536;

    /// A new file inherits the default list of its folder, which the file it replaces may not have.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(super) fn drop_inherited_list(file: &File) -> io::Result<()> {
        match rustix::fs::fremovexattr(file, ACCESS_LIST) {
            Ok(()) | Err(Errno::NODATA | Errno::NOTSUP) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) fn copy(from: &File, to: &File) -> io::Result<()> {
        let mut names = vec![0; LARGEST];
        let length = match flistxattr(from, names.as_mut_slice()) {
            Ok(length) => length,
            Err(Errno::NOTSUP) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut value = vec![0; LARGEST];
        for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            let copied = fgetxattr(from, name, value.as_mut_slice())
                .and_then(|length| fsetxattr(to, name, &value[..length], XattrFlags::empty()));
            match copied {
                Err(error) if name == ACCESS_LIST => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod other {
    use std::fs::{File, Metadata};
    use std::io;

    pub(in super::super) fn mode(_metadata: &Metadata) -> Option<u32> {
        None
    }

    pub(in super::super) fn set_mode(_file: &File, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    pub(in super::super) fn copy(_from: &File, _to: &File) -> io::Result<()> {
        Ok(())
    }
}
