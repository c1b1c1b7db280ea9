import { describe, expect, it } from 'vitest'
import { replay } from '../testing/replay.ts'

const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration'

async function withAnnotation(text: string) {
  const session = replay('last-applied')
  await session.run('kubectl create configmap web --from-literal=a=b')
  await session.run(`kubectl annotate configmap web ${ANNOTATION}='${text}'`)
  await session.run('kubectl create configmap web --from-literal=a=c --dry-run=client -o yaml > web.yaml')
  return session
}

/** Recorded of kubectl 1.33 against the emulated API. */
describe('an annotation that somebody has written', () => {
  it.each(['{bad', '[1]'])('%s: no patch can be made of it', async (text) => {
    const session = await withAnnotation(text)
    const applied = await session.run('kubectl apply -f web.yaml')
    expect(applied.code).toBe(1)
    expect(applied.stderr).toMatch(
      /^warning: error calculating patch from openapi v3 spec: invalid JSON document\nerror: error when applying patch:\n\nto:\nResource: "\/v1, Resource=configmaps", GroupVersionKind: "\/v1, Kind=ConfigMap"\nName: "web", Namespace: "default"\nfor: "web.yaml": error when patching "web.yaml": creating patch with:\noriginal:\n/,
    )
    expect(applied.stderr).toMatch(/\n\nfor:: invalid JSON document\n$/)
    const diff = await session.run('kubectl diff -f web.yaml')
    expect(diff.code).toBe(2)
    expect(diff.stderr).toContain('error: error when patching "web.yaml": creating patch with:\noriginal:\n')
  })

  it('null counts as none', async () => {
    const session = await withAnnotation('null')
    expect(await session.run('kubectl apply -f web.yaml')).toMatchObject({ stdout: 'configmap/web configured\n' })
  })

  it('is shown as the YAML that it is, and edited as the JSON that it is not', async () => {
    const session = await withAnnotation('{bad')
    expect(await session.run('kubectl apply view-last-applied configmap web')).toMatchObject({
      stderr: "error: yaml: line 1: did not find expected ',' or '}'\n",
      code: 1,
    })
    expect(await session.run('KUBE_EDITOR=true kubectl apply edit-last-applied configmap web')).toMatchObject({
      stderr:
        "error: error parsing edited-file: json: offset 2: invalid character 'b' looking for beginning of object key string\n",
      code: 1,
    })
  })
})
