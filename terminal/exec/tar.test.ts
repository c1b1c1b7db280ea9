import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { readsInput } from './reads-input.ts'
import { runTar } from './tar.ts'
import { readEntries } from './tar-format.ts'

const files = () => {
  const tree = createCluster({ seed: 'tar', startTime: Date.UTC(2026, 10, 21) }).machine('laptop')?.files
  if (!tree) throw new Error('no laptop')
  return tree
}
const run = (tree: ReturnType<typeof files>, args: string, input: Uint8Array = new Uint8Array(0)) =>
  runTar({ files: tree, cwd: '/', args: args.split(' '), userland: 'gnu', input: async () => input })

test('what one tree packs another unpacks: folders, links, modes, long and Korean names', async () => {
  const from = files()
  const long = `/work/${'deep/'.repeat(30)}`
  let at = ''
  for (const part of long.split('/').filter(Boolean)) {
    at += `/${part}`
    from.makeDirectory(at)
  }
  from.write(`${at}/파일.txt`, '안녕하세요\n', 0o600)
  from.write('/work/run.sh', '#!/bin/sh\n', 0o755)
  from.link('/work/link', 'run.sh')
  const packed = await run(from, 'cf - work')
  expect([packed.code, packed.stderr]).toEqual([0, ''])
  const to = files()
  to.makeDirectory('/copy')
  expect(await run(to, 'xmf - -C /copy', packed.stdout)).toMatchObject({ code: 0, stderr: '' })
  expect(to.read(`/copy${at}/파일.txt`)).toBe('안녕하세요\n')
  expect(to.stat('/copy/work/run.sh')?.mode).toBe(0o755)
  expect(to.stat('/copy/work/link')).toMatchObject({ kind: 'link', target: 'run.sh' })
})

test('absolute names lose their slash, gzip on both sides, missing members', async () => {
  const tree = files()
  tree.write('/tmp/one', 'x')
  const packed = await run(tree, 'czf - /tmp/one')
  expect(packed.stderr).toBe("tar: Removing leading `/' from member names\n")
  expect([...readEntries(gunzipSync(packed.stdout))].map((entry) => entry?.name)).toEqual(['tmp/one'])
  expect(await run(tree, 'xf - -C /root', gzipSync(gunzipSync(packed.stdout)))).toMatchObject({ code: 0 })
  expect(tree.read('/root/tmp/one')).toBe('x')
  expect(await run(tree, 'cf - gone')).toMatchObject({
    code: 2,
    stderr:
      'tar: gone: Cannot stat: No such file or directory\ntar: Exiting with failure status due to previous errors\n',
  })
})

test('an archive never writes outside its folder, and no bytes make it throw', async () => {
  const evil = files()
  evil.write('/evil', 'x')
  const { stdout } = await run(evil, 'cf - evil')
  const bytes = Buffer.from(stdout)
  bytes.write('../evil\0', 0, 'latin1')
  bytes.write('        ', 148, 'latin1')
  const sum = bytes.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  const tree = files()
  tree.makeDirectory('/in')
  expect(await run(tree, 'xf - -C /in', bytes)).toMatchObject({ code: 0 })
  expect(tree.stat('/evil')).toBeUndefined()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (random) => {
      const { code } = await run(tree, 'xf - -C /in', random)
      expect([0, 2]).toContain(code)
    }),
    { numRuns: 60 },
  )
})

test('who waits for standard input', () => {
  const waits = (line: string) => readsInput(line.split(' '))
  expect(['cat', '/bin/grep x', 'tee /tmp/f', 'sh -c cat>/f', 'env A=1'].map(waits)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ])
  expect(['ls /', 'env', 'sh -c ls', 'hostname'].map(waits)).toEqual([false, false, false, false])
})
