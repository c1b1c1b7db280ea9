import { expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { applyManifest } from '../workspaces.ts'
import { afterRestart } from './after-restart.ts'

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: busybox
          command: [sh, -c, 'test -z "$WEB_PORT" && exec sleep 3600']
`
const SERVICE = `{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}`

test('Pods that run and could not start again are told from those that could', () => {
  const cluster = createCluster({ seed: 'restart', startTime: Date.UTC(2026, 2, 1, 9) })
  const facts = () => afterRestart.observe({ deployment: 'web', namespace: 'default' }, cluster).facts.map((f) => f.en)
  expect(facts()).toEqual([])
  applyManifest(cluster, MANIFEST)
  cluster.settle(30)
  const before = JSON.stringify(cluster.snapshot())
  expect(facts()).toEqual(['Deployment web: 2/2 Pods ready after a restart'])
  expect(JSON.stringify(cluster.snapshot())).toBe(before)
  applyManifest(cluster, SERVICE)
  cluster.settle(30)
  expect(facts()).toEqual(['Deployment web: 0/2 Pods ready after a restart'])
})
