import { FileError } from './file-error.ts'
import type { FileTree } from './files.ts'
import { KERNEL_RELEASE, KERNEL_VERSION, NODE_CPUS, NODE_MEMORY_KIB, UPTIME_SECONDS } from './hardware.ts'
import type { ContainerSpec } from './runtime.ts'

/** What /proc tells of one container. */
export interface ProcSource {
  readonly spec: () => ContainerSpec
  readonly env: ReadonlyMap<string, string>
  readonly startedAt: number
  readonly workingDir: string
  now(): number
  /** argv of each process. */
  processes(): readonly { readonly pid: number; readonly argv: readonly string[] }[]
}

type Entry = string | { readonly link: string } | { readonly names: readonly string[] }

const GENERAL = [
  'cmdline',
  'cpuinfo',
  'filesystems',
  'loadavg',
  'meminfo',
  'mounts',
  'net',
  'self',
  'stat',
  'sys',
  'uptime',
  'version',
]
const OF_PROCESS = ['cgroup', 'cmdline', 'comm', 'cwd', 'environ', 'exe', 'mounts', 'root', 'stat', 'status']

/** /proc of a container: made when it is read, of what there is (Linux proc(5)). */
export class ProcTree implements FileTree {
  readonly changedBytes = 0
  readonly #source: ProcSource

  constructor(source: ProcSource) {
    this.#source = source
  }

  read(path: string): string | undefined {
    const entry = this.#entry(path)
    if (typeof entry === 'string') return entry
    if (entry === undefined || !('link' in entry) || path === '/self') return undefined
    return entry.link.startsWith('/') ? undefined : this.read(`/${entry.link}`)
  }

  stat(path: string): ReturnType<FileTree['stat']> {
    const entry = this.#entry(path)
    if (entry === undefined) return undefined
    const modified = this.#source.startedAt
    if (typeof entry === 'string') return { kind: 'file', mode: 0o444, size: 0, modified }
    if ('link' in entry) return { kind: 'link', mode: 0o777, size: 0, modified, target: entry.link }
    return { kind: 'directory', mode: 0o555, size: 0, modified }
  }

  list(directory: string): readonly string[] {
    const entry = this.#entry(directory)
    return entry !== undefined && typeof entry === 'object' && 'names' in entry ? entry.names : []
  }

  write(path: string): void {
    throw new FileError('EROFS', path)
  }

  remove(path: string): void {
    throw new FileError('EROFS', path)
  }

  makeDirectory(path: string): void {
    throw new FileError('EROFS', path)
  }

  link(path: string): void {
    throw new FileError('EROFS', path)
  }

  setMode(path: string): void {
    throw new FileError('EROFS', path)
  }

  #entry(path: string): Entry | undefined {
    const parts = path.split('/').filter((part) => part !== '')
    const [first, ...rest] = parts[0] === 'self' && parts.length > 1 ? ['1', ...parts.slice(1)] : parts
    if (first === undefined)
      return { names: [...this.#source.processes().map(({ pid }) => String(pid)), ...GENERAL].sort() }
    if (/^\d+$/.test(first)) return this.#process(Number(first), rest)
    if (first === 'net') return this.#net(rest)
    if (first === 'sys') return sysEntry(rest, this.#hostname())
    return rest.length > 0 ? undefined : this.#general(first)
  }

  #hostname(): string {
    const spec = this.#source.spec()
    return spec.hostname ?? spec.podName
  }

  #general(name: string): Entry | undefined {
    const up = UPTIME_SECONDS + (this.#source.now() - this.#source.startedAt) / 1000
    switch (name) {
      case 'self':
        return { link: '1' }
      case 'mounts':
        return { link: 'self/mounts' }
      case 'version':
        return `Linux version ${KERNEL_RELEASE} (buildd@lcy02-amd64-077) (x86_64-linux-gnu-gcc-13 (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0, GNU ld (GNU Binutils for Ubuntu) 2.42) ${KERNEL_VERSION}\n`
      case 'cmdline':
        return `BOOT_IMAGE=/vmlinuz-${KERNEL_RELEASE} root=LABEL=cloudimg-rootfs ro console=tty1 console=ttyS0\n`
      case 'cpuinfo':
        return Array.from({ length: NODE_CPUS }, (_, index) => cpu(index)).join('\n')
      case 'meminfo':
        return meminfo()
      case 'loadavg':
        return '0.08 0.12 0.09 1/412 31\n'
      case 'uptime':
        return `${up.toFixed(2)} ${(up * NODE_CPUS * 0.97).toFixed(2)}\n`
      case 'stat':
        return `cpu  ${Math.round(up * 3)} 0 ${Math.round(up * 2)} ${Math.round(up * 195)} 0 0 0 0 0 0\nbtime ${Math.round(this.#source.now() / 1000 - up)}\nprocesses 48211\nprocs_running 1\nprocs_blocked 0\n`
      case 'filesystems':
        return 'nodev\tsysfs\nnodev\ttmpfs\nnodev\tproc\nnodev\tcgroup2\nnodev\tdevpts\n\text4\nnodev\toverlay\n'
      default:
        return undefined
    }
  }

  #process(pid: number, rest: readonly string[]): Entry | undefined {
    const argv = this.#source.processes().find((process) => process.pid === pid)?.argv
    if (argv === undefined || rest.length > 1) return undefined
    const name = (argv[0] ?? '').split('/').pop()?.replace(/:$/, '').slice(0, 15) ?? ''
    switch (rest[0]) {
      case undefined:
        return { names: OF_PROCESS }
      case 'cmdline':
        return argv.map((word) => `${word}\0`).join('')
      case 'comm':
        return `${name}\n`
      case 'environ':
        return [...this.#source.env].map(([key, value]) => `${key}=${value}\0`).join('')
      case 'cgroup':
        return '0::/\n'
      case 'cwd':
        return { link: this.#source.workingDir }
      case 'root':
        return { link: '/' }
      case 'exe':
        return { link: argv[0]?.startsWith('/') === true ? argv[0] : `/bin/${name}` }
      case 'mounts':
        return mountTable(this.#source.spec())
      case 'stat':
        return `${pid} (${name}) S 0 ${pid} ${pid} 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 0 4501504 225\n`
      case 'status':
        return status(pid, name, this.#source.spec())
      default:
        return undefined
    }
  }

  #net(rest: readonly string[]): Entry | undefined {
    const { podIP } = this.#source.spec()
    const names = ['dev', 'route']
    if (rest.length === 0) return { names }
    const [name] = rest
    if (name === 'dev')
      return 'Inter-|   Receive                                                |  Transmit\n face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed\n    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0\n  eth0:   21336     156    0    0    0     0          0         0     9874     121    0    0    0     0       0          0\n'
    if (name !== 'route') return undefined
    const octets = podIP.split('.').map(Number)
    const hex = (bytes: readonly number[]): string =>
      [...bytes]
        .reverse()
        .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
        .join('')
    const network = [...octets.slice(0, 3), 0]
    const gateway = hex([...octets.slice(0, 3), 1])
    const line = (...fields: readonly string[]): string => `${fields.join('\t').padEnd(127)}\n`
    return [
      line('Iface', 'Destination', 'Gateway ', 'Flags', 'RefCnt', 'Use', 'Metric', 'Mask', '', 'MTU', 'Window', 'IRTT'),
      line('eth0', '00000000', gateway, '0003', '0', '0', '0', '00000000', '0', '0', '0'),
      line('eth0', hex(network), '00000000', '0001', '0', '0', '0', '00FFFFFF', '0', '0', '0'),
    ].join('')
  }
}

function sysEntry(rest: readonly string[], hostname: string): Entry | undefined {
  const files: ReadonlyMap<string, string> = new Map([
    ['kernel/hostname', `${hostname}\n`],
    ['kernel/osrelease', `${KERNEL_RELEASE}\n`],
    ['net/ipv4/ip_forward', '1\n'],
    ['net/ipv4/ip_unprivileged_port_start', '0\n'],
  ])
  const path = rest.join('/')
  const found = files.get(path)
  if (found !== undefined) return found
  const prefix = path === '' ? '' : `${path}/`
  const below = [...files.keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length))
  return below.length === 0 ? undefined : { names: [...new Set(below.map((key) => key.split('/')[0] ?? ''))] }
}

function cpu(index: number): string {
  return `processor\t: ${index}
vendor_id\t: GenuineIntel
cpu family\t: 6
model\t\t: 106
model name\t: Intel(R) Xeon(R) Platinum 8373C CPU @ 2.60GHz
cpu MHz\t\t: 2593.906
cache size\t: 55296 KB
siblings\t: ${NODE_CPUS}
cpu cores\t: ${NODE_CPUS}
bogomips\t: 5187.81
`
}

function meminfo(): string {
  const free = Math.round(NODE_MEMORY_KIB * 0.21)
  const cached = Math.round(NODE_MEMORY_KIB * 0.48)
  const rows: readonly (readonly [name: string, kib: number])[] = [
    ['MemTotal', NODE_MEMORY_KIB],
    ['MemFree', free],
    ['MemAvailable', Math.round(NODE_MEMORY_KIB * 0.68)],
    ['Buffers', 92_416],
    ['Cached', cached],
    ['SwapCached', 0],
    ['Shmem', 3_340],
    ['SReclaimable', 101_208],
    ['SwapTotal', 0],
    ['SwapFree', 0],
  ]
  return rows.map(([name, kib]) => `${`${name}:`.padEnd(15)}${String(kib).padStart(9)} kB\n`).join('')
}

function status(pid: number, name: string, { user }: ContainerSpec): string {
  const { uid, gid, groups } = user ?? { uid: 0, gid: 0, groups: [0] }
  const four = (number: number): string => Array.from({ length: 4 }, () => number).join('\t')
  const capabilities = uid === 0 ? '00000000a80425fb' : '0000000000000000'
  return `Name:\t${name}
Umask:\t0022
State:\tS (sleeping)
Tgid:\t${pid}
Pid:\t${pid}
PPid:\t${pid === 1 ? 0 : 1}
Uid:\t${four(uid)}
Gid:\t${four(gid)}
Groups:\t${groups.join(' ')} 
VmRSS:\t    1412 kB
Threads:\t1
CapInh:\t0000000000000000
CapPrm:\t${capabilities}
CapEff:\t${capabilities}
CapBnd:\t00000000a80425fb
CapAmb:\t0000000000000000
NoNewPrivs:\t0
Seccomp:\t0
Cpus_allowed_list:\t0-${NODE_CPUS - 1}
`
}

const DISK = '/dev/vda1'

/** As containerd mounts a container (containerd: pkg/oci/mounts.go, internal/cri/server container_create_linux.go). */
function mountTable({ volumes = [], fileVolumes = [], mounts, readOnlyRoot }: ContainerSpec): string {
  const snapshots = '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots'
  const root = readOnlyRoot === true ? 'ro' : 'rw'
  const single = mounts.filter(({ path }) => !KUBELETS.has(path))
  const rows = [
    `overlay / overlay ${root},relatime,lowerdir=${snapshots}/41/fs:${snapshots}/40/fs,upperdir=${snapshots}/57/fs,workdir=${snapshots}/57/work`,
    'proc /proc proc rw,nosuid,nodev,noexec,relatime',
    'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755,inode64',
    'devpts /dev/pts devpts rw,nosuid,noexec,relatime,gid=5,mode=620,ptmxmode=666',
    'mqueue /dev/mqueue mqueue rw,nosuid,nodev,noexec,relatime',
    'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime',
    'cgroup /sys/fs/cgroup cgroup2 ro,nosuid,nodev,noexec,relatime',
    ...volumes.map(({ path, readOnly }) => `${DISK} ${path} ext4 ${readOnly === true ? 'ro' : 'rw'},relatime`),
    ...['/etc/hosts', '/dev/termination-log', '/etc/hostname', '/etc/resolv.conf'].map(
      (path) => `${DISK} ${path} ext4 rw,relatime`,
    ),
    'shm /dev/shm tmpfs rw,relatime,size=65536k,inode64',
    ...[...fileVolumes, ...single].map(
      ({ path }) =>
        `tmpfs ${path.replace(/^\/var\/run\//, '/run/')} tmpfs ro,relatime,size=${NODE_MEMORY_KIB - 102_400}k,inode64,noswap`,
    ),
    ...['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'].map(
      (name) => `proc /proc/${name} proc ro,nosuid,nodev,noexec,relatime`,
    ),
    ...['acpi', 'scsi'].map((name) => `tmpfs /proc/${name} tmpfs ro,relatime,inode64`),
    'tmpfs /proc/kcore tmpfs rw,nosuid,size=65536k,mode=755,inode64',
  ]
  return rows.map((row) => `${row} 0 0\n`).join('')
}

const KUBELETS = new Set(['/etc/hosts', '/etc/resolv.conf', '/etc/hostname', '/dev/termination-log'])
