import { expect, it } from 'vitest'
import { localPath } from './local-path.ts'

it.each([
  ['rel.crt', '/root/work/rel.crt'],
  ['/root/.kube/kim.crt', 'kim.crt'],
  ['../.kube/pki/kim.crt', 'pki/kim.crt'],
  ['/etc/kim.crt', '/etc/kim.crt'],
  ['', ''],
])('%s', (path, kept) => {
  expect(localPath('/root/work', '/root/.kube/config', path)).toBe(kept)
})
