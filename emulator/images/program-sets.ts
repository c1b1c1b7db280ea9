const names = (text: string): readonly string[] => Object.freeze(text.split(/\s+/).filter((name) => name !== ''))

/**
 * Programs that families of images have. What is listed but not among node/programs runs only in an exec'd shell.
 * The applets of busybox 1.37 as its official image is built.
 */
export const BUSYBOX: readonly string[] = names(
  `[ [[ acpid add-shell addgroup adduser adjtimex ar arch arp arping ascii ash awk base32 base64 basename bc beep
  blkdiscard blkid blockdev bootchartd brctl bunzip2 busybox bzcat bzip2 cal cat chat chattr chgrp chmod chown chpasswd
  chpst chroot chrt chvt cksum clear cmp comm conspy cp cpio crc32 crond crontab cryptpw cttyhack cut date dc dd deallocvt
  delgroup deluser depmod devmem df dhcprelay diff dirname dmesg dnsd dnsdomainname dos2unix dpkg dpkg-deb du dumpkmap
  dumpleases echo ed egrep eject env envdir envuidgid ether-wake expand expr factor fakeidentd fallocate false fatattr
  fbset fbsplash fdflush fdformat fdisk fgconsole fgrep find findfs flock fold free freeramdisk fsck fsck.minix fsfreeze
  fstrim fsync ftpd ftpget ftpput fuser getfattr getopt getty grep groups gunzip gzip halt hd hdparm head hexdump hexedit
  hostid hostname httpd hush hwclock i2cdetect i2cdump i2cget i2cset i2ctransfer id ifconfig ifdown ifenslave ifplugd
  ifup inetd init insmod install ionice iostat ip ipaddr ipcalc ipcrm ipcs iplink ipneigh iproute iprule iptunnel
  kbd_mode kill killall killall5 klogd last less link linux32 linux64 linuxrc ln loadfont loadkmap logger login logname
  logread losetup lpd lpq lpr ls lsattr lsmod lsof lspci lsscsi lsusb lzcat lzma lzop makedevs makemime man md5sum mdev
  mesg microcom mim mkdir mkdosfs mke2fs mkfifo mkfs.ext2 mkfs.minix mkfs.vfat mknod mkpasswd mkswap mktemp modinfo
  modprobe more mount mountpoint mpstat mt mv nameif nanddump nandwrite nbd-client nc netstat nice nl nmeter nohup
  nologin nproc nsenter nslookup ntpd od openvt partprobe passwd paste patch pgrep pidof ping ping6 pipe_progress
  pivot_root pkill pmap popmaildir poweroff powertop printenv printf ps pscan pstree pwd pwdx raidautorun rdate rdev
  readahead readlink readprofile realpath reboot reformime remove-shell renice reset resize resume rev rm rmdir rmmod
  route rpm rpm2cpio rtcwake run-init run-parts runlevel runsv runsvdir rx script scriptreplay sed seedrng sendmail seq
  setarch setconsole setfattr setfont setkeycodes setlogcons setpriv setserial setsid setuidgid sh sha1sum sha256sum
  sha3sum sha512sum showkey shred shuf slattach sleep smemcap softlimit sort split ssl_client start-stop-daemon stat
  strings stty su sulogin sum sv svc svlogd svok swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc
  tcpsvd tee telnet telnetd test tftp tftpd time timeout top touch tr traceroute traceroute6 tree true truncate ts tsort
  tty ttysize tunctl ubiattach ubidetach ubimkvol ubirename ubirmvol ubirsvol ubiupdatevol udhcpc udhcpc6 udhcpd udpsvd
  uevent umount uname unexpand uniq unix2dos unlink unlzma unshare unxz unzip uptime users usleep uudecode uuencode
  vconfig vi vlock volname w wall watch watchdog wc wget which who whoami whois xargs xxd xz xzcat yes zcat zcip`,
)

/** Debian's slim base: no ps, ping, vi, ip, nslookup, curl, wget. */
export const DEBIAN: readonly string[] = names(
  `[ addgroup adduser apt apt-cache apt-get apt-key apt-mark arch awk b2sum base32 base64 basename bash cat chgrp chmod
  chown chroot cksum clear cmp comm cp csplit cut date dd debconf deluser df diff diff3 dir dircolors dirname dmesg
  dnsdomainname domainname dpkg dpkg-deb dpkg-query du echo egrep env expand expr factor fallocate false fgrep find
  findmnt flock fmt fold getconf getent getopt grep groupadd groups gunzip gzip head hostid hostname iconv id infocmp
  install ionice ipcs join last ldconfig ldd link ln locale logger login logname ls lsblk lscpu lsmem lsns mawk md5sum
  mesg mkdir mkfifo mknod mktemp more mount mountpoint mv nice nl nohup nologin nproc nsenter numfmt od passwd paste
  pathchk perl pinky pr printenv printf prlimit ptx pwd rbash readlink realpath rename.ul renice reset resizepart rev rm
  rmdir run-parts runcon script sdiff sed seq setpriv setsid sh sha1sum sha224sum sha256sum sha384sum sha512sum shred
  shuf sleep sort split stat stdbuf stty su sum sync tabs tac tail tar taskset tee test timeout toe touch tput tr true
  truncate tset tsort tty tzselect umount uname unexpand uniq unlink unshare useradd usermod users vdir wall wc
  whereis which who whoami xargs yes zcat zgrep zless`,
)

const NOT_IN_ALPINE = new Set(
  names(
    `ar ascii base32 bootchartd chat chpst chrt conspy crc32 cttyhack devmem dhcprelay dnsd dpkg dpkg-deb dumpleases ed
    envdir envuidgid fakeidentd fdformat fgconsole freeramdisk fsck.minix fsfreeze ftpd ftpget ftpput getfattr hdparm
    hexedit httpd hush i2cdetect i2cdump i2cget i2cset i2ctransfer ifplugd inetd ipcrm lpd lpq lpr lspci lsscsi makedevs
    man mim mke2fs mkfs.ext2 mkfs.minix mt patch popmaildir powertop readprofile resume rpm rpm2cpio rtcwake run-init
    runlevel runsv runsvdir rx script scriptreplay seedrng setarch setfattr setuidgid smemcap softlimit
    start-stop-daemon sulogin sv svc svlogd svok taskset tc tcpsvd telnet telnetd tftp tftpd tsort ts ubiattach
    ubidetach ubimkvol ubirename ubirmvol ubirsvol ubiupdatevol udhcpd udpsvd uevent users w wall xz linuxrc`,
  ),
)

/** Alpine: busybox without its servers and telnet, with apk and getent. */
export const ALPINE: readonly string[] = Object.freeze([
  ...BUSYBOX.filter((name) => !NOT_IN_ALPINE.has(name)),
  ...names('apk getconf getent iconv inotifyd ldconfig ldd lzopcat rfkill scanelf unlzop'),
])
