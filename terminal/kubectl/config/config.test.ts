import { beforeEach, describe, expect, it } from 'vitest'
import { type Replay, replay } from '../testing/replay.ts'

const file = (n: number) =>
  `printf 'clusters: [{name: c${n}, cluster: {server: "https://${n}"}}]\\ncontexts: [{name: x${n}, context: {cluster: c${n}, user: u${n}}}]\\ncurrent-context: x${n}\\n' > /root/${n}`

describe('several kubeconfigs as one', () => {
  let shell: Replay
  beforeEach(async () => {
    shell = replay('kubeconfigs')
    for (const n of [1, 2]) await shell.run(file(n))
    await shell.run('export KUBECONFIG=/root/1:/root/2:/root/missing')
  })

  it('show what all of them say, the first one being right', async () => {
    expect(await shell.text('kubectl config get-contexts -o name')).toBe('x1\nx2\n')
    expect(await shell.text('kubectl config current-context')).toBe('x1\n')
  })

  it('are written where an entry stands, what is new to the first', async () => {
    await shell.run('kubectl config set-context x2 --namespace=team; kubectl config set-context new --cluster=c2')
    expect(await shell.text('grep -c team /root/1 /root/2')).toBe('/root/1:0\n/root/2:1\n')
    expect(await shell.text('grep -c "name: new" /root/1 /root/2')).toBe('/root/1:1\n/root/2:0\n')
    await shell.run('kubectl config use-context x2')
    expect(await shell.text('grep current /root/1 /root/2')).toBe(
      '/root/1:current-context: x2\n/root/2:current-context: x2\n',
    )
  })

  it('take in what entries name as files', async () => {
    await shell.run('kubectl config set-cluster c1 --certificate-authority=ca.crt')
    expect(await shell.text('kubectl config view --flatten')).toBe(
      'error: open /root/ca.crt: no such file or directory\n',
    )
    await shell.run('echo certificate > ca.crt')
    expect(await shell.text('kubectl config view --flatten --raw')).toContain(
      'certificate-authority-data: Y2VydGlmaWNhdGUK\n',
    )
  })
})

describe('users of a kubeconfig', () => {
  it.each([
    [
      '--token=x --username=y',
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    ],
    ['--embed-certs', 'you must specify a --client-certificate or --client-key to embed'],
    [
      '--client-certificate=no --embed-certs',
      'could not stat client-certificate file no: stat no: no such file or directory',
    ],
  ])('are refused with %s', async (flags, message) => {
    expect(await replay('users').text(`kubectl config set-credentials u ${flags}`)).toBe(`error: ${message}\n`)
  })

  it('may have programs that get their credentials', async () => {
    const shell = replay('programs')
    await shell.run('kubectl config set-credentials u --exec-command=get --exec-arg=a,b --exec-env=K=v --exec-env=L=w')
    await shell.run('kubectl config set-credentials u --exec-env=K-')
    const path = '{.users[?(@.name=="u")].user.exec}'
    expect(JSON.parse(await shell.text(`kubectl config view -o jsonpath='${path}'`))).toEqual({
      apiVersion: '',
      args: ['a', 'b'],
      command: 'get',
      env: [{ name: 'L', value: 'w' }],
      provideClusterInfo: false,
    })
  })
})
