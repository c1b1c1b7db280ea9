import type { FileSource } from '../../node/file-base.ts'

const LATEST = '3.22.2'

/** The files of Alpine's base image (alpine-baselayout, alpine-release). */
export function alpineFiles(tag: string): { readonly [path: string]: FileSource } {
  const version = versionOf(tag)
  return {
    ...EMPTY,
    '/etc/alpine-release': `${version}\n`,
    '/etc/os-release': { link: '../usr/lib/os-release' },
    '/usr/lib/os-release': osRelease(version),
    '/etc/passwd': PASSWD,
    '/etc/group': GROUP,
    '/etc/shadow': { content: 'root:*::0:::::\nbin:!::0:::::\ndaemon:!::0:::::\nnobody:!::0:::::\n', mode: 0o640 },
    '/etc/nsswitch.conf': '# musl itself does not support NSS\nhosts: files dns\n',
    '/etc/issue': `Welcome to Alpine Linux ${minor(version)}\nKernel \\r on an \\m (\\l)\n\n`,
    '/etc/motd': 'Welcome to Alpine!\n',
    '/etc/shells': '# valid login shells\n/bin/sh\n/bin/ash\n',
    '/etc/profile': PROFILE,
    '/etc/apk/repositories': `https://dl-cdn.alpinelinux.org/alpine/v${minor(version)}/main\nhttps://dl-cdn.alpinelinux.org/alpine/v${minor(version)}/community\n`,
    '/etc/apk/arch': 'x86_64\n',
    '/bin/busybox': { content: '\u007fELF', mode: 0o755 },
  }
}

/** Where Alpine keeps a program; most are links to busybox. */
export function alpinePath(name: string): string {
  if (BIN.has(name)) return `/bin/${name}`
  if (SBIN.has(name)) return `/sbin/${name}`
  return USR_SBIN.has(name) ? `/usr/sbin/${name}` : `/usr/bin/${name}`
}

/** `3.18` of `3.18.4`, `alpine3.18`, `1.27-alpine3.21`; the latest where the tag names none. */
function versionOf(tag: string): string {
  const found = /(?:^|alpine)(3\.\d+)(\.\d+)?/.exec(tag)
  if (found?.[1] === undefined || LATEST.startsWith(`${found[1]}.`)) return LATEST
  return `${found[1]}${found[2] ?? '.0'}`
}

const minor = (version: string): string => version.split('.').slice(0, 2).join('.')

const osRelease = (version: string): string => `NAME="Alpine Linux"
ID=alpine
VERSION_ID=${version}
PRETTY_NAME="Alpine Linux v${minor(version)}"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`

const DIRECTORIES =
  '/dev /home /lib /media/cdrom /media/floppy /media/usb /mnt /opt /run /sbin /srv /usr/lib /usr/local/bin /usr/sbin /usr/share /var/cache /var/empty /var/lib /var/local /var/log /var/opt /var/spool /var/tmp'

const EMPTY: { readonly [path: string]: FileSource } = {
  ...Object.fromEntries(DIRECTORIES.split(' ').map((path) => [path, { directory: true } as const])),
  '/root': { directory: true, mode: 0o700 },
  '/sys': { directory: true, mode: 0o555 },
  '/tmp': { directory: true, mode: 0o1777 },
  '/var/run': { link: '../run' },
}

const PROFILE = `export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
export PAGER=less
umask 022
`

const PASSWD = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`

const GROUP = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
floppy:x:11:root
mail:x:12:mail
news:x:13:news
uucp:x:14:uucp
cron:x:16:cron
audio:x:18:
cdrom:x:19:
dialout:x:20:root
ftp:x:21:
sshd:x:22:
input:x:23:
tape:x:26:root
video:x:27:root
netdev:x:28:
kvm:x:34:kvm
games:x:35:
shadow:x:42:
www-data:x:82:
users:x:100:games
ntp:x:123:
abuild:x:300:
utmp:x:406:
ping:x:999:
nogroup:x:65533:
nobody:x:65534:
`

const BIN = new Set(
  `arch ash base64 bbconfig cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo ed egrep false
  fatattr fdflush fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kbd_mode kill link linux32 linux64 ln
  login ls lsattr lzop makemime mkdir mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6
  pipe_progress printenv ps pwd reformime rev rm rmdir run-parts sed setpriv setserial sh sleep stat stty su sync tar
  touch true umount uname usleep watch zcat`.split(/\s+/),
)
const SBIN = new Set(
  `acpid adjtimex apk arp blkid blockdev depmod fbsplash fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown
  ifenslave ifup init inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd ldconfig loadkmap logread
  losetup lsmod mdev mkdosfs mkswap modinfo modprobe nameif nologin pivot_root poweroff raidautorun reboot rmmod route
  setconsole slattach swapoff swapon switch_root sysctl syslogd tunctl udhcpc udhcpc6 vconfig watchdog zcip`.split(
    /\s+/,
  ),
)
const USR_SBIN = new Set(
  `add-shell addgroup adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake fbset killall5 loadfont
  nanddump nandwrite nbd-client nginx ntpd partprobe rdate rdev readahead remove-shell rfkill sendmail setfont
  setlogcons`.split(/\s+/),
)
