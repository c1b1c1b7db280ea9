kubectl label pod ${app}-${suffix} app=${app}-debug --overwrite
