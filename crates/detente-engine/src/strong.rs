//! Strongly connected components.

/// Strongly connected components, numbered so that an edge leads to the same or a smaller number.
///
/// # Source
/// Tarjan, R. E. (1972), *SIAM Journal on Computing* 1, with an explicit stack.
pub(crate) fn strong_components(edges: &[Vec<u32>]) -> Vec<u32> {
    const NEW: u32 = u32::MAX;
    let n = edges.len();
    let (mut index, mut low) = (vec![NEW; n], vec![0_u32; n]);
    let mut component = vec![NEW; n];
    let (mut next, mut found) = (0, 0);
    let mut open: Vec<u32> = Vec::new();
    let mut calls: Vec<(u32, usize)> = Vec::new();
    for root in 0..n as u32 {
        if index[root as usize] != NEW {
            continue;
        }
        calls.push((root, 0));
        while let Some((v, at)) = calls.pop() {
            let v_index = v as usize;
            if at == 0 {
                index[v_index] = next;
                low[v_index] = next;
                next += 1;
                open.push(v);
            } else {
                let child = edges[v_index][at - 1] as usize;
                low[v_index] = low[v_index].min(low[child]);
            }
            let mut at = at;
            let mut entered = false;
            while let Some(&w) = edges[v_index].get(at) {
                at += 1;
                let w_index = w as usize;
                if index[w_index] == NEW {
                    calls.push((v, at));
                    calls.push((w, 0));
                    entered = true;
                    break;
                }
                if component[w_index] == NEW {
                    low[v_index] = low[v_index].min(index[w_index]);
                }
            }
            if entered {
                continue;
            }
            if low[v_index] == index[v_index] {
                while let Some(w) = open.pop() {
                    component[w as usize] = found;
                    if w == v {
                        break;
                    }
                }
                found += 1;
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_numbered_against_the_edges() {
        // 0 → 1 ⇄ 2 → 3, 4 alone.
        let edges = [vec![1], vec![2], vec![1, 3], vec![], vec![]];
        let c = strong_components(&edges);
        assert_eq!(c[1], c[2]);
        assert!(c[0] > c[1] && c[1] > c[3]);
        let mut all = c.clone();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all, [0, 1, 2, 3]);
    }
}
