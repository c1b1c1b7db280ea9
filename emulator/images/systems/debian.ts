import type { FileSource } from '../../node/file-base.ts'

interface Release {
  readonly version: string
  readonly point: string
  readonly name: string
}

const TRIXIE: Release = { version: '13', point: '13.2', name: 'trixie' }
const RELEASES: readonly (readonly [tag: RegExp, release: Release])[] = [
  [/bookworm|^12/, { version: '12', point: '12.12', name: 'bookworm' }],
  [/bullseye|^11/, { version: '11', point: '11.11', name: 'bullseye' }],
  [/buster|^10/, { version: '10', point: '10.13', name: 'buster' }],
]

/** The files of Debian's base image (base-files, base-passwd), with /bin and its like inside /usr. */
export function debianFiles(tag: string): { readonly [path: string]: FileSource } {
  const release = RELEASES.find(([pattern]) => pattern.test(tag))?.[1] ?? TRIXIE
  return {
    ...EMPTY,
    '/etc/debian_version': `${release.point}\n`,
    '/etc/issue': `Debian GNU/Linux ${release.version} \\n \\l\n\n`,
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/usr/lib/os-release': osRelease(release),
    '/etc/passwd': PASSWD,
    '/etc/group': GROUP,
    '/etc/shadow': { content: 'root:*:20409:0:99999:7:::\n', mode: 0o640 },
    '/etc/nsswitch.conf': NSSWITCH,
    '/etc/shells': '# /etc/shells: valid login shells\n/bin/sh\n/usr/bin/sh\n/bin/bash\n/usr/bin/bash\n',
    '/etc/apt/sources.list.d/debian.sources': `Types: deb
URIs: http://deb.debian.org/debian
Suites: ${release.name} ${release.name}-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.pgp
`,
  }
}

export function debianPath(name: string): string {
  return `${SBIN.has(name) ? '/usr/sbin' : '/usr/bin'}/${name}`
}

const SBIN = new Set('nginx httpd chroot ldconfig useradd groupadd usermod adduser addgroup deluser nologin'.split(' '))

function osRelease({ version, point, name }: Release): string {
  const full = Number(version) > 12 ? `DEBIAN_VERSION_FULL=${point}\n` : ''
  return `PRETTY_NAME="Debian GNU/Linux ${version} (${name})"
NAME="Debian GNU/Linux"
VERSION_ID="${version}"
VERSION="${version} (${name})"
VERSION_CODENAME=${name}
${full}ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`
}

const DIRECTORIES =
  '/boot /dev /etc/default /home /media /mnt /opt /run /srv /usr/bin /usr/lib /usr/lib64 /usr/local/bin /usr/sbin /usr/share/doc /var/backups /var/cache/apt /var/lib/apt/lists /var/lib/dpkg /var/local /var/log/apt /var/mail /var/opt /var/spool'

const EMPTY: { readonly [path: string]: FileSource } = {
  ...Object.fromEntries(DIRECTORIES.split(' ').map((path) => [path, { directory: true } as const])),
  '/bin': { link: 'usr/bin' },
  '/lib': { link: 'usr/lib' },
  '/lib64': { link: 'usr/lib64' },
  '/sbin': { link: 'usr/sbin' },
  '/root': { directory: true, mode: 0o700 },
  '/sys': { directory: true, mode: 0o555 },
  '/tmp': { directory: true, mode: 0o1777 },
  '/var/run': { link: '/run' },
  '/var/tmp': { directory: true, mode: 0o1777 },
}

const NSSWITCH = `passwd:         files
group:          files
shadow:         files
gshadow:        files

hosts:          files dns
networks:       files

protocols:      db files
services:       db files
ethers:         db files
rpc:            db files

netgroup:       nis
`

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`

const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
dialout:x:20:
fax:x:21:
voice:x:22:
cdrom:x:24:
floppy:x:25:
tape:x:26:
sudo:x:27:
audio:x:29:
dip:x:30:
www-data:x:33:
backup:x:34:
operator:x:37:
list:x:38:
irc:x:39:
src:x:40:
shadow:x:42:
utmp:x:43:
video:x:44:
sasl:x:45:
plugdev:x:46:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
`
