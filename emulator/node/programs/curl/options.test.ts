import { expect, test } from 'vitest'
import { Lab, NODE01 } from '../../../images/testing/lab.ts'
import { MACHINE_PROGRAMS } from '../index.ts'
import type { ProcessContext } from '../program.ts'

/** What curl prints on a node; waits end at once. */
function curl(lab: Lab, ...argv: readonly string[]) {
  let [out, err] = ['', '']
  const process: ProcessContext = {
    argv: ['curl', ...argv],
    env: new Map(),
    cwd: '/',
    stdin: '',
    place: NODE01,
    hostname: 'node01',
    network: lab.network,
    terminal: undefined,
    now: () => 0,
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  }
  const run = MACHINE_PROGRAMS.get('curl')?.run(process)
  for (let input: string | undefined; ; ) {
    const next = run?.next(input)
    if (next === undefined || next.done === true) return { out, err, code: next?.value }
    input = next.value.kind === 'read' ? 'content\n' : undefined
  }
}

function begin() {
  const lab = new Lab()
  lab.pod({ name: 'who', image: 'traefik/whoami' })
  return { run: (...argv: readonly string[]) => curl(lab, '-sS', ...argv), url: 'http://10.244.1.2' }
}

test('uploads are put, forms have parts, ranges are asked for', () => {
  const { run, url } = begin()
  expect(run('-T', 'file', `${url}/up/`, '-w', '%{method} %{url_effective}', '-o', '/dev/null').out).toBe(
    `PUT ${url}/up/`,
  )
  expect(run('-T', 'file', `${url}/up/`).out).toContain('PUT /up/file HTTP/1.1\n')
  expect(run('-F', 'a=b', url).out).toMatch(
    /^POST \/ HTTP\/1\.1\n[\s\S]*Content-Length: 1\d\d\nContent-Type: multipart\/form-data; boundary=-{24}\w{16}\n/m,
  )
  expect(run('-G', '--data-urlencode', 'q=a b&c', `${url}/s`, '-w', '%{url_effective}').out).toContain('GET /s')
  expect(run('-r', '0-5', url).out).toContain('Range: bytes=0-5\n')
})

test('--connect-to sends a request elsewhere under its own name', () => {
  const { run } = begin()
  expect(run('--connect-to', 'shop.test:80:10.244.1.2:80', 'http://shop.test/').out).toContain('Host: shop.test\n')
  expect(run('--connect-to', 'other.test::10.244.1.2:', 'http://shop.test/')).toMatchObject({
    err: 'curl: (6) Could not resolve host: shop.test\n',
    code: 6,
  })
})

test('a proxy is asked first, and fails as itself', () => {
  const { run, url } = begin()
  expect(run('-x', 'http://10.244.1.2:81', url).err).toMatch(
    /^curl: \(7\) Failed to connect to 10\.244\.1\.2 port 81 after/,
  )
  expect(run('-x', 'http://nosuch.test:80', url).err).toBe('curl: (5) Could not resolve proxy: nosuch.test\n')
  expect(run('-x', `${url}:80`, url).err).toBe('curl: (56) proxies are not emulated\n')
  expect(run('-x', 'http://10.244.1.2:81', '--noproxy', '*', url).code).toBe(0)
})

test('write-out goes to both outputs; what has no name cannot be saved under it', () => {
  const { run, url } = begin()
  expect(run('-o', '/dev/null', '-w', 'a%{stderr}b%{stdout}c', url)).toMatchObject({ out: 'ac', err: 'b' })
  expect(run('-O', `${url}/`)).toMatchObject({
    err: 'curl: (23) Failed writing received data to disk/application\n',
    code: 23,
  })
})
