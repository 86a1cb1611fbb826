#!/bin/bash
#SBATCH --job-name=glass
#SBATCH --nodes=1
#SBATCH --ntasks=17
#SBATCH --time=24:00:00
# LAMMPS on 16 cores and Vitrine beside it on one more of the same node:      sbatch slurm.sh
# Both end before the job does, and the same command continues both, until `tau` is reached.
set -u
T=${T:-0.6}
tau=${tau:-1000}
wall=${wall:-23:30:00}          # half an hour less than --time
cores=${cores:-16}
vitrine=${vitrine:-$HOME/vitrine/vitrine}
more=${more:-}                  # further variables of dump.lammps, such as: -var cells 16 -var melt 500

rm -f run.done
# The store is an SQLite file: let its folder be on a disk of this node, or use --store with PostgreSQL.
"$vitrine" monitor --frames "follow:run.lammpstrj?T=$T&dt=0.005&id=run" --until "$tau" --output vitrine > vitrine.log 2>&1 &
monitor=$!

srun --ntasks="$cores" lmp -in dump.lammps -log none -var T "$T" -var tau "$tau" -var wall "$wall" $more > lammps.log 2>&1
status=$?

if [ ! -e run.done ]; then
  # Time is up, or LAMMPS failed: pause. The next job goes on from here.
  "$vitrine" stop --output vitrine || kill "$monitor"
fi
wait "$monitor" || status=$?
exit "$status"
