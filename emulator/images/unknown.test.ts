import { describe, expect, it } from 'vitest'
import { Lab } from './testing/lab.ts'

const pull = (image: string): string => {
  const pulled = new Lab().runtime.pull(image)
  return pulled.ok ? 'pulled' : pulled.message
}

describe('images that nothing is known of', () => {
  it('are pulled where somebody could have pushed them, say that they are not played, and wait', () => {
    const lab = new Lab()
    const app = lab.pod({ name: 'app', image: 'ghcr.io/somebody/shop:v1.2' })
    expect(app.state.kind).toBe('running')
    expect(app.logs[0]?.text).toContain('ghcr.io/somebody/shop:v1.2: what this image runs is not emulated')
    expect(app.listeners).toEqual([])
    expect(lab.pod({ name: 'box', image: 'somebody/shop', command: ['sh', '-c', 'echo hi'] }).logs[0]?.text).toBe('hi')
    for (const image of ['cassandra:4.1', 'quay.io/org/app:sha-0a1b2c3', 'mcr.microsoft.com/oss/shop:latest'])
      expect(pull(image)).toBe('pulled')
  })

  it('fail where a name, an account or a tag cannot exist', () => {
    const denied = /pull access denied, repository does not exist or may require authorization: server message: insuf/
    for (const image of ['ngnix', 'luksa/kubai', 'my-name/app', 'library/shop']) expect(pull(image)).toMatch(denied)
    expect(pull('somebody/shop:does-not-exist')).toMatch(/^rpc error: code = NotFound desc = .*: not found$/)
    expect(pull('registry.k8s.io/pausee:3.9')).toMatch(/NotFound .*registry\.k8s\.io\/pausee:3\.9: not found$/)
  })

  it('fail in the words of each registry', () => {
    expect(pull('registry.example.com:5000/shop:v1')).toBe(
      'failed to pull and unpack image "registry.example.com:5000/shop:v1": failed to resolve reference "registry.example.com:5000/shop:v1": failed to do request: Head "https://registry.example.com:5000/v2/shop/manifests/v1": dial tcp: lookup registry.example.com on 127.0.0.53:53: no such host',
    )
    expect(pull('localhost:5000/shop')).toContain(
      'Head "http://localhost:5000/v2/shop/manifests/latest": dial tcp 127.0.0.1:5000: connect: connection refused',
    )
    expect(pull('192.168.1.99:5000/shop')).toContain('dial tcp 192.168.1.99:5000: connect: no route to host')
    expect(pull('ghcr.io/shop')).toContain(
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Ashop%3Apull&service=ghcr.io: 403 Forbidden',
    )
    expect(pull('quay.io/shop')).toContain('/v2/shop/manifests/latest: 401 UNAUTHORIZED')
    expect(pull('shop.azurecr.io/web:1')).toMatch(/oauth2\/token\?.*: 401 Unauthorized$/)
    expect(pull('nginx:')).toBe('couldn\'t parse image name "nginx:": invalid reference format')
  })

  it('are the same under the names of mirrors and old registries', () => {
    const lab = new Lab()
    const log = (name: string, image: string) => lab.pod({ name, image }).logs[0]?.text
    expect(log('a', 'public.ecr.aws/docker/library/nginx:1.29')).toContain('/docker-entrypoint.sh')
    for (const image of ['k8s.gcr.io/pause:3.2', 'gcr.io/google_samples/hello-app:1.0', 'registry.k8s.io/busybox'])
      expect(pull(image)).toBe('pulled')
  })
})
