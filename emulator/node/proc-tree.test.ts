import { describe, expect, it } from 'vitest'
import { createCluster } from '../index.ts'

const JSON_HEADERS = { 'content-type': 'application/json' }
const POD = (name: string, image: string, command: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name, image, command }] },
})

function clusterWith(image: string, command: readonly string[]) {
  const cluster = createCluster({ seed: 'proc', startTime: Date.UTC(2026, 0, 5) })
  const body = JSON.stringify(POD('box', image, command))
  cluster.request({ method: 'POST', path: '/api/v1/namespaces/default/pods', headers: JSON_HEADERS, body })
  cluster.settle(60)
  const container = cluster.container('default', 'box', 'box')
  if (container === undefined) throw new Error('no container')
  return { cluster, container }
}

describe('a container’s system', () => {
  it('shows its processes, environment and mounts under /proc', () => {
    const { container } = clusterWith('busybox:1.37', ['sleep', '3600'])
    expect(container.files.read('/proc/1/cmdline')).toBe('sleep\u00003600\u0000')
    expect(container.files.read('/proc/self/comm')).toBe('sleep\n')
    expect(container.files.read('/proc/1/environ')?.split('\0')).toContain('HOSTNAME=box')
    expect(container.files.read('/proc/mounts')).toMatch(/^overlay \/ overlay rw,/)
    expect(container.files.list('/proc')).toContain('1')
    expect(container.files.read('/proc/2/cmdline')).toBeUndefined()
    expect(() => container.files.write('/proc/1/comm', 'x')).toThrow()
  })

  it('has the files of its distribution', () => {
    const busybox = clusterWith('busybox:1.37', ['sleep', '3600']).container
    expect(busybox.files.list('/')).toEqual([
      'bin',
      'dev',
      'etc',
      'home',
      'lib',
      'lib64',
      'proc',
      'root',
      'sys',
      'tmp',
      'usr',
      'var',
    ])
    expect(busybox.run(['id']).stdout).toBe('uid=0(root) gid=0(root) groups=0(root),10(wheel)\n')
    expect(busybox.programs.has('curl') || busybox.programs.has('bash') || busybox.programs.has('getent')).toBe(false)
    const alpine = clusterWith('alpine:3.20', ['sleep', '3600']).container
    expect(alpine.files.read('/etc/os-release')).toContain('VERSION_ID=3.20.0\n')
    expect(alpine.run(['id']).stdout).toContain('groups=0(root),1(bin),2(daemon),3(sys)')
    expect(alpine.programs.has('telnet')).toBe(false)
    const debian = clusterWith('debian:bookworm', ['sleep', '3600']).container
    expect(debian.files.read('/etc/os-release')).toContain('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')
    expect(debian.files.stat('/bin/ls')?.kind).toBe('file')
    const ubuntu = clusterWith('ubuntu:22.04', ['sleep', '3600']).container
    expect(ubuntu.files.read('/etc/os-release')).toContain('VERSION="22.04.5 LTS (Jammy Jellyfish)"\n')
  })

  it('finds the service account behind /var/run’s link', () => {
    const { container } = clusterWith('alpine:3.20', ['sleep', '3600'])
    expect(container.files.read('/run/secrets/kubernetes.io/serviceaccount/namespace')).toBe('default')
    expect(container.files.read('/var/run/secrets/kubernetes.io/serviceaccount/namespace')).toBe('default')
  })

  it('tells sizes as busybox and coreutils do', () => {
    const busybox = clusterWith('busybox', ['sleep', '3600']).container
    expect(busybox.run(['df', '-h']).stdout.split('\n')[1]).toBe(
      'overlay                  18.3G      5.8G     11.5G  34% /',
    )
    expect(busybox.run(['free', '-m']).stdout).toContain('Mem:           3924')
    expect(busybox.run(['nproc']).stdout).toBe('2\n')
    expect(busybox.run(['top', '-b', '-n1']).stdout).toContain(
      '    1     0 root     S     4400   0%   0   0% sleep 3600\n',
    )
    expect(busybox.run(['busybox', '--list']).stdout).toContain('\nwget\n')
    expect(busybox.run(['pidof', 'sleep']).stdout).toBe('1\n')
  })

  it('ends PID 1 only by a signal that it handles', () => {
    const { cluster, container } = clusterWith('nginx', ['nginx', '-g', 'daemon off;'])
    expect(container.run(['sh', '-c', 'kill -9 1']).exitCode).toBe(0)
    cluster.settle(5)
    expect(container.state.kind).toBe('running')
    expect(container.run(['sh', '-c', 'kill 4711'])).toMatchObject({
      exitCode: 1,
      stderr: "kill: can't kill pid 4711: No such process\n",
    })
    expect(container.processes[0]?.command).toBe('nginx: master process nginx -g daemon off;')
    expect(container.files.read('/proc/1/cmdline')).toBe('nginx: master process nginx -g daemon off;\0')
    container.signal(1, 'TERM')
    cluster.settle(5)
    expect(container.state).toMatchObject({ kind: 'exited', exitCode: 0 })
  })
})

describe('timeout as a container’s program', () => {
  it('ends a loop and a sleep in virtual time', () => {
    const { cluster, container } = clusterWith('busybox', [
      'sh',
      '-c',
      'timeout 90 sleep 100; echo first $?; timeout 5 sleep 1; echo second $?; timeout 1 nosuch; echo third $?; sleep 3600',
    ])
    cluster.run(200_000)
    expect(container.logs.map(({ text }) => text)).toEqual([
      'first 143',
      'second 0',
      "timeout: can't execute 'nosuch': No such file or directory",
      'third 127',
    ])
  })
})
