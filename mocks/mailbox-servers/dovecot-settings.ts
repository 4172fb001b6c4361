/** What one private Dovecot is told about itself. */
export interface DovecotSettings {
  /** Everything that it writes lies under here. */
  readonly directory: string
  readonly port: number
  /** Of every account: whoever logs in with it has a mailbox. */
  readonly password: string
  /** Name of the system's user and group that all its processes run as. */
  readonly user: string
  readonly group: string
}

/**
 * The configuration file of a Dovecot 2.3 that any user may run, that nobody but this machine reaches, and that is gone
 * with its directory. Nothing is read from `/etc/dovecot`.
 */
export const dovecotConfiguration = ({ directory, port, password, user, group }: DovecotSettings): string => `
base_dir = ${directory}/run
state_dir = ${directory}/run
log_path = /dev/stderr
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
# No user but our own exists for it, so no process can change to another, nor into another root.
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
service auth {
  user = ${user}
}
service auth-worker {
  user = ${user}
}
service dict {
  user = ${user}
}
service stats {
  chroot =
}
service anvil {
  chroot =
  # Otherwise each refused login delays the next one from the same address, up to 15 seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  # One process takes all connections; else each costs a process of its own.
  service_count = 0
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
mail_max_userip_connections = 0
mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
first_valid_gid = 1
# What is lost with the machine is not missed; what is stored comes back octet for octet.
mail_fsync = never
mail_save_crlf = yes
mail_location = sdbox:~/mail
passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = home=${directory}/accounts/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
`
