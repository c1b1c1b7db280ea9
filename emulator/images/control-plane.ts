import { defineImage, type ImageDefinition } from '../node/image.ts'
import { type ContainerProgram, serve } from '../node/programs/program.ts'

/**
 * kubeadm's own images. Their programs only run: what they do is done by the emulator's API server, controllers and
 * network, so a container of theirs is a process that waits for its end.
 */
function component(name: string, tags: RegExp, sizeBytes: number, path = `/usr/local/bin/${name}`): ImageDefinition {
  const program = (called: string): ContainerProgram => ({
    name: called,
    *run(process) {
      process.onTerminate(0)
      return yield* serve()
    },
  })
  return defineImage({
    repository: `registry.k8s.io/${name}`,
    tags: [tags],
    sizeBytes,
    entrypoint: [path],
    files: { [path]: { content: '', mode: 0o755 } },
    servers: [program(name), program(path)],
    programs: [],
  })
}

const release = /^v1\.\d+\.\d+$/

export const controlPlaneImages: readonly ImageDefinition[] = [
  component('kube-apiserver', release, 27_663_421),
  component('kube-controller-manager', release, 23_123_411),
  component('kube-scheduler', release, 17_383_421),
  component('kube-proxy', release, 25_963_421),
  component('etcd', /^3\.\d+\.\d+-\d+$/, 23_632_411),
  component('pause', /^3\.\d+(\.\d+)?$/, 321_520, '/pause'),
]
