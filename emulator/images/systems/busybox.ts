import type { FileSource } from '../../node/file-base.ts'

/** What the official busybox image holds besides its one binary (busybox 1.37 on glibc, built with Buildroot's files). */
export const BUSYBOX_FILES: { readonly [path: string]: FileSource } = {
  '/dev': { directory: true },
  '/etc/passwd': `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`,
  '/etc/group': `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
kmem:x:9:
wheel:x:10:root
cdrom:x:11:
dialout:x:18:
floppy:x:19:
video:x:28:
audio:x:29:
tape:x:32:
www-data:x:33:
operator:x:37:
utmp:x:43:
plugdev:x:46:
staff:x:50:
lock:x:54:
netdev:x:82:
users:x:100:
nobody:x:65534:
`,
  '/etc/shadow': {
    content: 'root::10933:0:99999:7:::\ndaemon:*:10933:0:99999:7:::\nnobody:*:10933:0:99999:7:::\n',
    mode: 0o600,
  },
  '/etc/nsswitch.conf': `passwd:\tfiles
group:\tfiles
shadow:\tfiles

hosts:\tfiles dns
networks:\tfiles dns

protocols:\tfiles
services:\tfiles
ethers:\tfiles
rpc:\tfiles
`,
  '/etc/network': { directory: true },
  '/home': { directory: true },
  '/lib': { directory: true },
  '/lib64': { link: 'lib' },
  '/root': { directory: true, mode: 0o700 },
  '/sys': { directory: true, mode: 0o555 },
  '/tmp': { directory: true, mode: 0o1777 },
  '/usr/sbin': { directory: true },
  '/var/spool/mail': { directory: true },
  '/var/www': { directory: true },
}

/** Where the binary's names lie. */
export const busyboxPath = (name: string): string => `/bin/${name}`
