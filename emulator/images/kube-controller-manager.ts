import { defineImage } from '../node/image.ts'
import { clientComponent } from './control-plane/client-component.ts'
import { CONTROLLER_MANAGER_FLAGS } from './control-plane/known-flags.ts'

export const kubeControllerManager = defineImage({
  repository: 'registry.k8s.io/kube-controller-manager',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 27200000,
  usage: { cpuMilli: 16, memoryBytes: 64_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['kube-controller-manager'],
  servers: [
    clientComponent({
      name: 'kube-controller-manager',
      flags: CONTROLLER_MANAGER_FLAGS,
      port: 10257,
      files: [
        ['client-ca-file', (_, problem) => `unable to load client CA provider: ${problem}`],
        ['requestheader-client-ca-file', (_, problem) => problem],
        ['root-ca-file', (path, problem) => `error reading root-ca-file at ${path}: ${problem}`],
        [
          'service-account-private-key-file',
          (path, problem) =>
            `error reading key for service account token controller: error reading private key file ${path}: ${problem}`,
        ],
        [
          'cluster-signing-cert-file',
          (path, problem) =>
            `failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA cert file "${path}": ${problem}`,
        ],
        [
          'cluster-signing-key-file',
          (path, problem) =>
            `failed to start kubernetes.io/kubelet-serving certificate controller: error reading CA key file "${path}": ${problem}`,
        ],
      ],
    }),
  ],
  programs: [],
})
