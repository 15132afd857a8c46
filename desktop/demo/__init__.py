"""The main job, start to end, on this computer alone and on real parts."""
