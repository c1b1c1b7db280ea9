import { describe, expect, it } from 'vitest'
import { printYaml } from '../yaml/print.ts'
import { buildKustomization } from './build.ts'

function filesOf(tree: { readonly [path: string]: string }) {
  const paths = Object.keys(tree)
  return {
    read: async (path: string) => tree[path],
    write: async () => undefined,
    list: async () => [],
    isDirectory: async (path: string) => paths.some((p) => p.startsWith(`${path}/`)),
  }
}
const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: c, image: "nginx:1.24", envFrom: [{configMapRef: {name: settings}}]}
`

describe('kustomizations', () => {
  it('prefix names, add labels, change images and replicas, and follow references', async () => {
    const files = filesOf({
      'base/kustomization.yaml':
        'resources: [web.yaml]\nconfigMapGenerator:\n- {name: settings, literals: [LEVEL=debug]}',
      'base/web.yaml': WEB,
      'dev/kustomization.yaml':
        'resources: [../base]\nnamePrefix: dev-\nnamespace: dev\ncommonLabels: {env: dev}\nimages: [{name: nginx, newTag: "1.25"}]\nreplicas: [{name: web, count: 3}]',
      'dev/../base/kustomization.yaml':
        'resources: [web.yaml]\nconfigMapGenerator:\n- {name: settings, literals: [LEVEL=debug]}',
      'dev/../base/web.yaml': WEB,
    })
    const [settings = {}, web = {}] = await buildKustomization(files, 'dev', '/root')
    const name = /name: (dev-settings-[2456789bcdfghjkmpqrtvwxz0-9a-z]{10})\n/.exec(printYaml(settings))?.[1]
    expect(name).toBeDefined()
    const text = printYaml(web)
    for (const line of ['name: dev-web', 'namespace: dev', 'replicas: 3', 'image: nginx:1.25', `name: ${name}`])
      expect(text).toContain(line)
    expect(text.match(/env: dev/g)).toHaveLength(3)
  })

  it('name what they do not know or find', async () => {
    await expect(buildKustomization(filesOf({}), '.', '/root/work')).rejects.toThrow(
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/root/work'",
    )
    const patched = filesOf({ 'a/kustomization.yaml': 'patches: []' })
    await expect(buildKustomization(patched, 'a', '/')).rejects.toThrow(
      'the kustomization field "patches" is not emulated in this cluster',
    )
  })
})
