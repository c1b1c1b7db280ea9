/** Programs that families of images have. What is listed but not among node/programs runs only in an exec'd shell. */
export const BUSYBOX: readonly string[] = Object.freeze(
  `[ ash awk basename cat chmod chown clear cmp cp cut date dd df diff dirname dmesg du echo egrep env expr false fgrep
  find free grep gunzip gzip halt head hexdump hostname httpd id ifconfig ip kill killall less ln ls md5sum mkdir
  mkfifo mktemp more mount mv nc netstat nproc nslookup od pgrep pidof ping ping6 pkill printenv printf ps pwd readlink
  realpath rev rm rmdir route sed seq sh sha256sum sleep sort stat strings stty su sync tac tail tar tee telnet test
  time timeout top touch tr traceroute true truncate tty umount uname uniq unzip uptime usleep vi watch wc wget which
  whoami xargs yes`
    .split(/\s+/)
    .filter((name) => name !== ''),
)

/** Debian's slim base: no ps, ping, vi, ip, nslookup. */
export const DEBIAN: readonly string[] = Object.freeze(
  `[ awk base64 basename bash cat chmod chown clear cmp cp cut date dd df diff dirname du echo egrep env expr false
  fgrep find getent grep gunzip gzip head hostname id install join kill ln ls md5sum mkdir mktemp mv nproc od paste
  printenv printf pwd readlink realpath rm rmdir sed seq sh sha256sum sleep sort stat sync tac tail tar tee test timeout
  touch tr true truncate tty uname uniq wc which whoami xargs yes apt apt-get dpkg`
    .split(/\s+/)
    .filter((name) => name !== ''),
)

/** Alpine: busybox with apk and getent. */
export const ALPINE: readonly string[] = Object.freeze([...BUSYBOX.filter((name) => name !== 'httpd'), 'apk', 'getent'])
