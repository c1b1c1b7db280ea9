import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

function begin(machine = 'controlplane', user = 'root') {
  const cluster = createCluster({ seed: 'files', startTime: Date.UTC(2026, 10, 21) })
  const session = createSession({ cluster, time: virtualTime(cluster), machine, user })
  return async (line: string) => (await session.run(line)).stdout
}

test('a node has the files that kubeadm and its packages leave', async () => {
  const run = begin()
  expect(await run('ls /etc/kubernetes /etc/kubernetes/manifests')).toBe(
    '/etc/kubernetes:\nadmin.conf\ncontroller-manager.conf\nkubelet.conf\nmanifests\npki\nscheduler.conf\nsuper-admin.conf\n\n/etc/kubernetes/manifests:\netcd.yaml\nkube-apiserver.yaml\nkube-controller-manager.yaml\nkube-scheduler.yaml\n',
  )
  expect(await run('grep service-cluster-ip-range /etc/kubernetes/manifests/kube-apiserver.yaml')).toBe(
    '    - --service-cluster-ip-range=10.96.0.0/12\n',
  )
  expect(await run('grep -A1 clusterDNS /var/lib/kubelet/config.yaml')).toContain('- 10.96.0.10\n')
  expect(await run('grep ^ExecStart=/ /usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf')).toContain(
    '$KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS',
  )
  expect(await run('cat /etc/cni/net.d/10-flannel.conflist | jq -r ".plugins[].type"')).toBe('flannel\nportmap\n')
  expect(await run('ls /opt/cni/bin | grep -c .')).toBe('9\n')
  expect(await run('cat /etc/crictl.yaml')).toBe('runtime-endpoint: unix:///run/containerd/containerd.sock\n')
  expect(await run('grep PRETTY /etc/os-release')).toBe('PRETTY_NAME="Ubuntu 24.04.3 LTS"\n')
})

test('machines say who they are', async () => {
  const run = begin()
  expect(await run('hostname; hostname -i; hostname -I; hostname -f')).toBe(
    'controlplane\n192.168.1.2\n192.168.1.2 10.244.0.1 \ncontrolplane\n',
  )
  expect(await run('getent hosts node01')).toMatch(/^192\.168\.1\.3\s+node01\n$/)
  expect(await run('ssh node02 hostname; ssh node02 "exit 3"; echo $?')).toBe('node02\n3\n')
  expect(await begin('laptop', 'learner')('hostname -I; sudo whoami')).toBe('192.168.1.10 \nroot\n')
})
