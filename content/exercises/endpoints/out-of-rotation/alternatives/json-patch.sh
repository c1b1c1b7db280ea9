kubectl patch pod ${app}-${suffix} --type=json -p '[{"op":"remove","path":"/metadata/labels/app"}]'
